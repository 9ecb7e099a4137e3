BEGIN TRANSACTION;
CREATE TABLE event_data (
	data_id INTEGER NOT NULL, 
	hash BIGINT, 
	shared_data TEXT, 
	PRIMARY KEY (data_id)
);
CREATE TABLE event_types (
	event_type_id INTEGER NOT NULL, 
	event_type VARCHAR(64), 
	PRIMARY KEY (event_type_id)
);
INSERT INTO "event_types" VALUES(1,'service_registered');
INSERT INTO "event_types" VALUES(2,'component_loaded');
INSERT INTO "event_types" VALUES(3,'panels_updated');
INSERT INTO "event_types" VALUES(4,'core_config_updated');
INSERT INTO "event_types" VALUES(5,'homeassistant_start');
INSERT INTO "event_types" VALUES(6,'homeassistant_started');
INSERT INTO "event_types" VALUES(7,'user_added');
INSERT INTO "event_types" VALUES(8,'entity_registry_updated');
INSERT INTO "event_types" VALUES(9,'area_registry_updated');
INSERT INTO "event_types" VALUES(10,'lovelace_updated');
INSERT INTO "event_types" VALUES(11,'device_registry_updated');
INSERT INTO "event_types" VALUES(12,'call_service');
INSERT INTO "event_types" VALUES(13,'automation_reloaded');
INSERT INTO "event_types" VALUES(14,'homeassistant_stop');
INSERT INTO "event_types" VALUES(15,'automation_triggered');
INSERT INTO "event_types" VALUES(16,'recorder_5min_statistics_generated');
INSERT INTO "event_types" VALUES(17,'recorder_hourly_statistics_generated');
CREATE TABLE events (
	event_id INTEGER NOT NULL, 
	event_type CHAR(0), 
	event_data CHAR(0), 
	origin CHAR(0), 
	origin_idx SMALLINT, 
	time_fired CHAR(0), 
	time_fired_ts FLOAT, 
	context_id CHAR(0), 
	context_user_id CHAR(0), 
	context_parent_id CHAR(0), 
	data_id INTEGER, 
	context_id_bin BLOB, 
	context_user_id_bin BLOB, 
	context_parent_id_bin BLOB, 
	event_type_id INTEGER, 
	PRIMARY KEY (event_id), 
	FOREIGN KEY(data_id) REFERENCES event_data (data_id), 
	FOREIGN KEY(event_type_id) REFERENCES event_types (event_type_id)
);
CREATE TABLE migration_changes (
	migration_id VARCHAR(255) NOT NULL, 
	version SMALLINT NOT NULL, 
	PRIMARY KEY (migration_id)
);
CREATE TABLE recorder_runs (
	run_id INTEGER NOT NULL, 
	start DATETIME NOT NULL, 
	"end" DATETIME, 
	closed_incorrect BOOLEAN NOT NULL, 
	created DATETIME NOT NULL, 
	PRIMARY KEY (run_id)
);
INSERT INTO "recorder_runs" VALUES(1,'2026-11-24 09:00:00.103403','2026-11-24 09:00:01.051702',0,'2026-11-24 09:00:00.123773');
INSERT INTO "recorder_runs" VALUES(2,'2026-11-24 10:00:00.100438','2026-11-24 10:05:00.038427',0,'2026-11-24 10:00:00.108336');
INSERT INTO "recorder_runs" VALUES(3,'2026-11-24 11:00:00.102886','2026-11-24 11:00:00.647381',0,'2026-11-24 11:00:00.111323');
CREATE TABLE schema_changes (
	change_id INTEGER NOT NULL, 
	schema_version INTEGER, 
	changed DATETIME NOT NULL, 
	PRIMARY KEY (change_id)
);
INSERT INTO "schema_changes" VALUES(1,53,'2026-11-24 09:00:00.120488');
CREATE TABLE state_attributes (
	attributes_id INTEGER NOT NULL, 
	hash BIGINT, 
	shared_attrs TEXT, 
	PRIMARY KEY (attributes_id)
);
INSERT INTO "state_attributes" VALUES(1,1390754233,'{"latitude":52.37,"longitude":4.89,"radius":100,"passive":false,"persons":[],"device_trackers":[],"editable":true,"icon":"mdi:home","friendly_name":"Home of 0.1.0"}');
INSERT INTO "state_attributes" VALUES(2,676951947,'{"editable":true,"id":"demo","in_zones":[],"user_id":"a6dc76913a654fbd970e417c6df9b267","friendly_name":"Demo"}');
INSERT INTO "state_attributes" VALUES(3,2539483739,'{"device_class":"connectivity","friendly_name":"alice@example.com Registered"}');
INSERT INTO "state_attributes" VALUES(4,1428759173,'{"friendly_name":"alice@example.com Mark missed calls as seen"}');
INSERT INTO "state_attributes" VALUES(6,3197119733,'{"target":null,"mobile_number":"+31650222333","friendly_name":"alice@example.com Forward all calls"}');
INSERT INTO "state_attributes" VALUES(7,1894330539,'{"target":"bob@example.com","mobile_number":"+31650222333","friendly_name":"alice@example.com Forward when busy"}');
INSERT INTO "state_attributes" VALUES(8,1715908228,'{"target":"voicemail","mobile_number":"+31650222333","friendly_name":"alice@example.com Forward when no answer"}');
INSERT INTO "state_attributes" VALUES(9,4166435571,'{"mailbox":"1000042","account":"1000042@voicemail.example.com","email":"alice@example.net","deletes_after_mailing":true,"used_for":["not_online","no_answer"],"device_class":"enum","friendly_name":"alice@example.com Voicemail"}');
INSERT INTO "state_attributes" VALUES(10,3259538543,'{"diversions":[{"condition":"all_calls","code":"FUNC","target":null},{"condition":"not_online","code":"FNOL","target":"voicemail"},{"condition":"busy","code":"FBUS","target":"bob@example.com"},{"condition":"no_answer","code":"FNOA","target":"voicemail"},{"condition":"unavailable","code":"FUNV","target":null}],"all_calls":null,"not_online":"voicemail","busy":"bob@example.com","no_answer":"voicemail","unavailable":null,"device_class":"enum","friendly_name":"alice@example.com Call forwarding"}');
INSERT INTO "state_attributes" VALUES(15,2736052010,'{"unit_of_measurement":"aliases","friendly_name":"alice@example.com Aliases"}');
INSERT INTO "state_attributes" VALUES(16,1065942190,'{"unit_of_measurement":"numbers","friendly_name":"alice@example.com Phone numbers"}');
INSERT INTO "state_attributes" VALUES(17,839050782,'{"rules":[{"days":["mon","tue","wed","thu","fri"],"start":"08:00","stop":"18:00","groups":["friends","family"]},{"days":["sat","sun"],"start":"10:00","stop":"23:59","groups":["everybody"]}],"temporary":null,"unit_of_measurement":"rules","friendly_name":"alice@example.com Accept rules"}');
INSERT INTO "state_attributes" VALUES(19,965354186,'{"unit_of_measurement":"devices","friendly_name":"alice@example.com Registered devices"}');
INSERT INTO "state_attributes" VALUES(20,3955512565,'{"unit_of_measurement":"s","device_class":"duration","friendly_name":"alice@example.com No-answer timeout"}');
INSERT INTO "state_attributes" VALUES(21,655707231,'{"state_class":"measurement","unit_of_measurement":"calls","friendly_name":"alice@example.com Missed calls"}');
INSERT INTO "state_attributes" VALUES(23,740991955,'{"assumed_state":true,"friendly_name":"alice@example.com Hide caller ID"}');
INSERT INTO "state_attributes" VALUES(43,1793252952,'{"threshold":20.0,"balance":12.3456,"currency":"USD","device_class":"problem","friendly_name":"alice@example.com Low balance"}');
INSERT INTO "state_attributes" VALUES(44,1088436613,'{"description":"Session to 0031208005161 for 60s","time":"2026-11-24T08:26:00+01:00","balance_after":12.3456,"unit_of_measurement":"USD","device_class":"monetary","friendly_name":"alice@example.com Last transaction"}');
INSERT INTO "state_attributes" VALUES(45,1204381090,'{"state_class":"total","unit_of_measurement":"USD","device_class":"monetary","friendly_name":"alice@example.com Balance"}');
INSERT INTO "state_attributes" VALUES(46,2558783330,'{"until":null,"blocked_by_rules":false,"friendly_name":"alice@example.com Do not disturb"}');
INSERT INTO "state_attributes" VALUES(55,1878518642,'{"device_class":"connectivity","friendly_name":"bob@example.com Registered"}');
INSERT INTO "state_attributes" VALUES(56,2699554338,'{"friendly_name":"bob@example.com Mark missed calls as seen"}');
INSERT INTO "state_attributes" VALUES(58,2224019636,'{"target":null,"mobile_number":null,"friendly_name":"bob@example.com Forward all calls"}');
INSERT INTO "state_attributes" VALUES(59,370037015,'{"target":null,"mobile_number":null,"friendly_name":"bob@example.com Forward when busy"}');
INSERT INTO "state_attributes" VALUES(60,1979797435,'{"target":null,"mobile_number":null,"friendly_name":"bob@example.com Forward when no answer"}');
INSERT INTO "state_attributes" VALUES(61,988945851,'{"device_class":"enum","friendly_name":"bob@example.com Voicemail"}');
INSERT INTO "state_attributes" VALUES(62,797207470,'{"diversions":[{"condition":"all_calls","code":"FUNC","target":null},{"condition":"not_online","code":"FNOL","target":null},{"condition":"busy","code":"FBUS","target":null},{"condition":"no_answer","code":"FNOA","target":null},{"condition":"unavailable","code":"FUNV","target":null}],"all_calls":null,"not_online":null,"busy":null,"no_answer":null,"unavailable":null,"device_class":"enum","friendly_name":"bob@example.com Call forwarding"}');
INSERT INTO "state_attributes" VALUES(63,642938076,'{"description":null,"time":null,"balance_after":null,"unit_of_measurement":"EUR","device_class":"monetary","friendly_name":"bob@example.com Last transaction"}');
INSERT INTO "state_attributes" VALUES(66,1732057977,'{"unit_of_measurement":"aliases","friendly_name":"bob@example.com Aliases"}');
INSERT INTO "state_attributes" VALUES(67,441672109,'{"unit_of_measurement":"numbers","friendly_name":"bob@example.com Phone numbers"}');
INSERT INTO "state_attributes" VALUES(68,2988999280,'{"rules":[],"temporary":null,"unit_of_measurement":"rules","friendly_name":"bob@example.com Accept rules"}');
INSERT INTO "state_attributes" VALUES(69,2401789083,'{"unit_of_measurement":"callers","friendly_name":"bob@example.com Rejected callers"}');
INSERT INTO "state_attributes" VALUES(70,3097170799,'{"unit_of_measurement":"devices","friendly_name":"bob@example.com Registered devices"}');
INSERT INTO "state_attributes" VALUES(71,2571590402,'{"unit_of_measurement":"s","device_class":"duration","friendly_name":"bob@example.com No-answer timeout"}');
INSERT INTO "state_attributes" VALUES(72,1493786302,'{"state_class":"measurement","unit_of_measurement":"calls","friendly_name":"bob@example.com Missed calls"}');
INSERT INTO "state_attributes" VALUES(73,101661887,'{"subject":"1.2.840.113549.1.9.1=bob@example.net,CN=1002,OU=Blink,O=AG Projects,L=Haarlem,ST=Noord Holland,C=NL","issuer":"CN=Example Platform CA,O=Example Platform","key_bits":1024,"signature_algorithm":"MD5 with RSA","device_class":"timestamp","friendly_name":"bob@example.com Certificate expires"}');
INSERT INTO "state_attributes" VALUES(74,132247619,'{"until":null,"blocked_by_rules":false,"friendly_name":"bob@example.com Do not disturb"}');
INSERT INTO "state_attributes" VALUES(75,2523170746,'{"assumed_state":true,"friendly_name":"bob@example.com Hide caller ID"}');
INSERT INTO "state_attributes" VALUES(76,3676293212,'{"device_class":"connectivity","friendly_name":"carol@example.com Registered"}');
INSERT INTO "state_attributes" VALUES(78,2041068676,'{"friendly_name":"carol@example.com Mark missed calls as seen"}');
INSERT INTO "state_attributes" VALUES(79,85768460,'{"event_type":null,"friendly_name":"carol@example.com Call"}');
INSERT INTO "state_attributes" VALUES(80,1075816124,'{"target":null,"mobile_number":"+12025550123","friendly_name":"carol@example.com Forward all calls"}');
INSERT INTO "state_attributes" VALUES(81,2469841903,'{"target":null,"mobile_number":"+12025550123","friendly_name":"carol@example.com Forward when busy"}');
INSERT INTO "state_attributes" VALUES(82,1247457635,'{"target":null,"mobile_number":"+12025550123","friendly_name":"carol@example.com Forward when no answer"}');
INSERT INTO "state_attributes" VALUES(83,2142613477,'{"device_class":"enum","friendly_name":"carol@example.com Voicemail"}');
INSERT INTO "state_attributes" VALUES(84,3240585160,'{"diversions":[{"condition":"all_calls","code":"FUNC","target":null},{"condition":"not_online","code":"FNOL","target":null},{"condition":"busy","code":"FBUS","target":null},{"condition":"no_answer","code":"FNOA","target":null},{"condition":"unavailable","code":"FUNV","target":null}],"all_calls":null,"not_online":null,"busy":null,"no_answer":null,"unavailable":null,"device_class":"enum","friendly_name":"carol@example.com Call forwarding"}');
INSERT INTO "state_attributes" VALUES(85,550156253,'{"state_class":"total","last_reset":"2026-11-01T00:00:00-04:00","unit_of_measurement":"calls","friendly_name":"carol@example.com Calls this month"}');
INSERT INTO "state_attributes" VALUES(86,100275036,'{"state_class":"total","last_reset":"2026-11-01T00:00:00-04:00","unit_of_measurement":"EUR","device_class":"monetary","friendly_name":"carol@example.com Cost this month"}');
INSERT INTO "state_attributes" VALUES(87,2441440380,'{"description":"Manual update","time":"2026-10-25T05:00:00-04:00","balance_after":7.5,"unit_of_measurement":"EUR","device_class":"monetary","friendly_name":"carol@example.com Last transaction"}');
INSERT INTO "state_attributes" VALUES(88,3544274903,'{"state_class":"total","unit_of_measurement":"EUR","device_class":"monetary","friendly_name":"carol@example.com Balance"}');
INSERT INTO "state_attributes" VALUES(89,2591481707,'{"call_id":"b5a08dea48fc1423","direction":"outgoing","outcome":"in_progress","party":"0031208005161@example.com","number":"+31208005161","name":null,"name_source":null,"started":"2026-11-24T03:58:55-05:00","duration":0,"sip_status":null,"price":0.0,"media":[],"device_class":"timestamp","friendly_name":"carol@example.com Last call"}');
INSERT INTO "state_attributes" VALUES(90,2701203716,'{"device_class":"timestamp","friendly_name":"carol@example.com Last missed call"}');
INSERT INTO "state_attributes" VALUES(91,4239886043,'{"unit_of_measurement":"aliases","friendly_name":"carol@example.com Aliases"}');
INSERT INTO "state_attributes" VALUES(92,1554930679,'{"unit_of_measurement":"numbers","friendly_name":"carol@example.com Phone numbers"}');
INSERT INTO "state_attributes" VALUES(94,2212196113,'{"unit_of_measurement":"callers","friendly_name":"carol@example.com Rejected callers"}');
INSERT INTO "state_attributes" VALUES(95,615358517,'{"unit_of_measurement":"devices","friendly_name":"carol@example.com Registered devices"}');
INSERT INTO "state_attributes" VALUES(96,3553191160,'{"unit_of_measurement":"s","device_class":"duration","friendly_name":"carol@example.com No-answer timeout"}');
INSERT INTO "state_attributes" VALUES(97,3027157112,'{"state_class":"measurement","unit_of_measurement":"calls","friendly_name":"carol@example.com Missed calls"}');
INSERT INTO "state_attributes" VALUES(98,4210205039,'{"subject":"CN=carol@example.com","issuer":"CN=Example Platform CA,O=Example Platform","key_bits":256,"signature_algorithm":"SHA256 with EC","device_class":"timestamp","friendly_name":"carol@example.com Certificate expires"}');
INSERT INTO "state_attributes" VALUES(100,1668345260,'{"assumed_state":true,"friendly_name":"carol@example.com Hide caller ID"}');
INSERT INTO "state_attributes" VALUES(101,1102190669,'{"device_class":"connectivity","friendly_name":"dave@example.net Registered"}');
INSERT INTO "state_attributes" VALUES(102,1798288939,'{"device_class":"problem","friendly_name":"dave@example.net Blocked"}');
INSERT INTO "state_attributes" VALUES(103,986461931,'{"friendly_name":"dave@example.net Caller ID hidden"}');
INSERT INTO "state_attributes" VALUES(104,2373287495,'{"friendly_name":"dave@example.net Mark missed calls as seen"}');
INSERT INTO "state_attributes" VALUES(106,2806727369,'{"mailbox":"1000043","account":"1000043@voicemail.example.com","email":"dave@example.org","deletes_after_mailing":false,"used_for":["not_online","no_answer"],"device_class":"enum","friendly_name":"dave@example.net Voicemail"}');
INSERT INTO "state_attributes" VALUES(107,3235460119,'{"diversions":[{"condition":"all_calls","code":"FUNC","target":null},{"condition":"not_online","code":"FNOL","target":"voicemail"},{"condition":"busy","code":"FBUS","target":"bob@example.com"},{"condition":"no_answer","code":"FNOA","target":"voicemail"},{"condition":"unavailable","code":"FUNV","target":null}],"all_calls":null,"not_online":"voicemail","busy":"bob@example.com","no_answer":"voicemail","unavailable":null,"device_class":"enum","friendly_name":"dave@example.net Call forwarding"}');
INSERT INTO "state_attributes" VALUES(108,3791596983,'{"state_class":"total","last_reset":"2026-11-01T00:00:00+01:00","unit_of_measurement":"calls","friendly_name":"dave@example.net Calls this month"}');
INSERT INTO "state_attributes" VALUES(109,3828572368,'{"state_class":"total","last_reset":"2026-11-01T00:00:00+01:00","unit_of_measurement":"EUR","device_class":"monetary","friendly_name":"dave@example.net Cost this month"}');
INSERT INTO "state_attributes" VALUES(110,2310555375,'{"description":"Session to 0031208005161 for 60s","time":"2026-11-24T08:26:00+01:00","balance_after":12.3456,"unit_of_measurement":"EUR","device_class":"monetary","friendly_name":"dave@example.net Last transaction"}');
INSERT INTO "state_attributes" VALUES(111,2124180194,'{"state_class":"total","unit_of_measurement":"EUR","device_class":"monetary","friendly_name":"dave@example.net Balance"}');
INSERT INTO "state_attributes" VALUES(114,3121351682,'{"unit_of_measurement":"aliases","friendly_name":"dave@example.net Aliases"}');
INSERT INTO "state_attributes" VALUES(115,3429471374,'{"unit_of_measurement":"numbers","friendly_name":"dave@example.net Phone numbers"}');
INSERT INTO "state_attributes" VALUES(116,3710226760,'{"rules":[{"days":["mon","tue","wed","thu","fri"],"start":"08:00","stop":"18:00","groups":["friends","family"]},{"days":["sat","sun"],"start":"10:00","stop":"23:59","groups":["everybody"]}],"temporary":null,"unit_of_measurement":"rules","friendly_name":"dave@example.net Accept rules"}');
INSERT INTO "state_attributes" VALUES(117,2476849682,'{"unit_of_measurement":"callers","friendly_name":"dave@example.net Rejected callers"}');
INSERT INTO "state_attributes" VALUES(118,1743028328,'{"unit_of_measurement":"devices","friendly_name":"dave@example.net Registered devices"}');
INSERT INTO "state_attributes" VALUES(119,2348166393,'{"unit_of_measurement":"EUR","device_class":"monetary","friendly_name":"dave@example.net Monthly quota"}');
INSERT INTO "state_attributes" VALUES(120,3732587721,'{"state_class":"measurement","unit_of_measurement":"calls","friendly_name":"dave@example.net Missed calls"}');
INSERT INTO "state_attributes" VALUES(121,2926895128,'{"subject":"1.2.840.113549.1.9.1=dave@example.org,CN=dave@example.net,OU=Blink,O=AG Projects,L=Haarlem,ST=Noord Holland,C=NL","issuer":"CN=Example Platform CA,O=Example Platform","key_bits":1024,"signature_algorithm":"MD5 with RSA","device_class":"timestamp","friendly_name":"dave@example.net Certificate expires"}');
INSERT INTO "state_attributes" VALUES(123,1415952421,'{}');
INSERT INTO "state_attributes" VALUES(124,605629750,'{"editable":true,"id":"alice","in_zones":[],"friendly_name":"Alice"}');
INSERT INTO "state_attributes" VALUES(125,4156602787,'{"friendly_name":"by event"}');
INSERT INTO "state_attributes" VALUES(126,2800460974,'{"friendly_name":"by state"}');
INSERT INTO "state_attributes" VALUES(127,674527276,'{"friendly_name":"by count"}');
INSERT INTO "state_attributes" VALUES(128,1208374717,'{"friendly_name":"at night"}');
INSERT INTO "state_attributes" VALUES(129,3880798387,'{"friendly_name":"missed call"}');
INSERT INTO "state_attributes" VALUES(130,3888812432,'{"friendly_name":"missed calls on arrival"}');
INSERT INTO "state_attributes" VALUES(131,2969779278,'{"friendly_name":"low balance"}');
INSERT INTO "state_attributes" VALUES(132,1552344043,'{"friendly_name":"call from person"}');
INSERT INTO "state_attributes" VALUES(133,3712351201,'{"friendly_name":"do not disturb"}');
INSERT INTO "state_attributes" VALUES(134,3033535807,'{"friendly_name":"forward when away"}');
INSERT INTO "state_attributes" VALUES(138,462686853,'{"call_id":"e678469920ce25b8","direction":"incoming","outcome":"missed","party":"carol@example.com","number":null,"name":"Carol","name_source":"caller","started":"2026-11-24T10:25:00+01:00","duration":0,"sip_status":487,"price":null,"media":["audio"],"device_class":"timestamp","friendly_name":"bob@example.com Last call"}');
INSERT INTO "state_attributes" VALUES(139,821380246,'{"call_id":"e678469920ce25b8","direction":"incoming","outcome":"missed","party":"carol@example.com","number":null,"name":"Carol","name_source":"caller","started":"2026-11-24T10:25:00+01:00","duration":0,"sip_status":487,"price":null,"media":["audio"],"device_class":"timestamp","friendly_name":"bob@example.com Last missed call"}');
INSERT INTO "state_attributes" VALUES(149,3752201978,'{"event_type":"missed","call_id":"e678469920ce25b8","direction":"incoming","outcome":"missed","party":"carol@example.com","number":null,"name":"Carol","name_source":"caller","started":"2026-11-24T10:25:00+01:00","duration":0,"sip_status":487,"price":null,"media":["audio"],"voicemail_possible":false,"friendly_name":"bob@example.com Call"}');
INSERT INTO "state_attributes" VALUES(150,691962619,'{"call_id":"d20de79d389a9f09","direction":"incoming","outcome":"declined","party":"sales@example.org","number":null,"name":"Sales","name_source":"caller","started":"2026-11-24T11:02:00+01:00","duration":0,"sip_status":603,"price":null,"media":["audio"],"device_class":"timestamp","friendly_name":"alice@example.com Last call"}');
INSERT INTO "state_attributes" VALUES(151,2265314589,'{"call_id":"4bdb8d26842f5648","direction":"incoming","outcome":"missed","party":"00442079460123@example.com","number":"+442079460123","name":"Aunt Mary","name_source":"phone_book","started":"2026-11-24T11:01:00+01:00","duration":0,"sip_status":487,"price":null,"media":["audio"],"device_class":"timestamp","friendly_name":"Who did I miss?"}');
INSERT INTO "state_attributes" VALUES(153,826875486,'{"event_type":"declined","call_id":"d20de79d389a9f09","direction":"incoming","outcome":"declined","party":"sales@example.org","number":null,"name":"Sales","name_source":"caller","started":"2026-11-24T11:02:00+01:00","duration":0,"sip_status":603,"price":null,"media":["audio"],"voicemail_possible":true,"friendly_name":"alice@example.com Call"}');
INSERT INTO "state_attributes" VALUES(155,1399192997,'{"call_id":"9a596c7b1cd04178","direction":"incoming","outcome":"missed","party":"anonymous@anonymous.invalid","number":null,"name":null,"name_source":null,"started":"2026-11-24T11:03:00+01:00","duration":0,"sip_status":487,"price":null,"media":[],"device_class":"timestamp","friendly_name":"dave@example.net Last call"}');
INSERT INTO "state_attributes" VALUES(156,4195233974,'{"call_id":"9a596c7b1cd04178","direction":"incoming","outcome":"missed","party":"anonymous@anonymous.invalid","number":null,"name":null,"name_source":null,"started":"2026-11-24T11:03:00+01:00","duration":0,"sip_status":487,"price":null,"media":[],"device_class":"timestamp","friendly_name":"dave@example.net Last missed call"}');
INSERT INTO "state_attributes" VALUES(157,2875673893,'{"event_type":"missed","call_id":"9a596c7b1cd04178","direction":"incoming","outcome":"missed","party":"anonymous@anonymous.invalid","number":null,"name":null,"name_source":null,"started":"2026-11-24T11:03:00+01:00","duration":0,"sip_status":487,"price":null,"media":[],"voicemail_possible":true,"friendly_name":"dave@example.net Call"}');
INSERT INTO "state_attributes" VALUES(158,3232320887,'{"destination":"0031208005161@example.com","since":"2026-11-24T05:58:55-05:00","may_last_until":"2026-11-24T06:28:55-05:00","friendly_name":"carol@example.com Call in progress"}');
INSERT INTO "state_attributes" VALUES(159,104468393,'{"rules":[],"temporary":{"groups":["nobody"],"until":"2026-11-24T06:30:00-05:00"},"unit_of_measurement":"rules","friendly_name":"carol@example.com Accept rules"}');
INSERT INTO "state_attributes" VALUES(160,91092359,'{"until":"2026-11-24T06:30:00-05:00","blocked_by_rules":false,"friendly_name":"carol@example.com Do not disturb"}');
CREATE TABLE states (
	state_id INTEGER NOT NULL, 
	entity_id CHAR(0), 
	state VARCHAR(255), 
	attributes CHAR(0), 
	event_id SMALLINT, 
	last_changed CHAR(0), 
	last_changed_ts FLOAT, 
	last_reported_ts FLOAT, 
	last_updated CHAR(0), 
	last_updated_ts FLOAT, 
	old_state_id INTEGER, 
	attributes_id INTEGER, 
	context_id CHAR(0), 
	context_user_id CHAR(0), 
	context_parent_id CHAR(0), 
	origin_idx SMALLINT, 
	context_id_bin BLOB, 
	context_user_id_bin BLOB, 
	context_parent_id_bin BLOB, 
	metadata_id INTEGER, 
	PRIMARY KEY (state_id), 
	FOREIGN KEY(old_state_id) REFERENCES states (state_id), 
	FOREIGN KEY(attributes_id) REFERENCES state_attributes (attributes_id), 
	FOREIGN KEY(metadata_id) REFERENCES states_meta (metadata_id)
);
INSERT INTO "states" VALUES(223,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795510800.842665,NULL,123,NULL,NULL,NULL,0,X'01A20CC891CAE9B6BED4093EDE827327',NULL,NULL,18);
INSERT INTO "states" VALUES(399,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.1175661,NULL,1,NULL,NULL,NULL,0,X'01A20D366BF50A577D7503D6D2F40C6E',NULL,NULL,1);
INSERT INTO "states" VALUES(402,NULL,'off',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.24751,NULL,55,NULL,NULL,NULL,0,X'01A20D366C77CC59E1AC1B5148262DB4',NULL,NULL,25);
INSERT INTO "states" VALUES(403,NULL,'off',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2478211,NULL,76,NULL,NULL,NULL,0,X'01A20D366C779293734BECB6C758BFD5',NULL,NULL,46);
INSERT INTO "states" VALUES(404,NULL,'on',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.253628,NULL,101,NULL,NULL,NULL,0,X'01A20D366C7D698FD0692F55CC0118DB',NULL,NULL,71);
INSERT INTO "states" VALUES(405,NULL,'off',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2537329,NULL,102,NULL,NULL,NULL,0,X'01A20D366C7DC9F8DBCD8CFB7E197891',NULL,NULL,72);
INSERT INTO "states" VALUES(406,NULL,'off',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.253813,NULL,103,NULL,NULL,NULL,0,X'01A20D366C7D7018A3F10714F86B98D7',NULL,NULL,73);
INSERT INTO "states" VALUES(407,NULL,'on',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2540021,NULL,3,NULL,NULL,NULL,0,X'01A20D366C7E668429CE96DA1B22C5C7',NULL,NULL,3);
INSERT INTO "states" VALUES(408,NULL,'on',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2541349,NULL,43,NULL,NULL,NULL,0,X'01A20D366C7E36201193E15523D7AE67',NULL,NULL,24);
INSERT INTO "states" VALUES(409,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.256202,NULL,78,NULL,NULL,NULL,0,X'01A20D366C80A316B45488218A1E267D',NULL,NULL,48);
INSERT INTO "states" VALUES(410,NULL,'2026-11-24T10:05:00.033069+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.257853,NULL,104,NULL,NULL,NULL,0,X'01A20D366C8127872513A02DA06A1665',NULL,NULL,74);
INSERT INTO "states" VALUES(411,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2580421,NULL,4,NULL,NULL,NULL,0,X'01A20D366C828A0B3EE13FAA1D90A046',NULL,NULL,4);
INSERT INTO "states" VALUES(412,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.258199,NULL,56,NULL,NULL,NULL,0,X'01A20D366C82A402FE7C59917CB62C6E',NULL,NULL,26);
INSERT INTO "states" VALUES(413,NULL,'2026-11-24T10:05:00.026+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2602711,NULL,157,NULL,NULL,NULL,0,X'01A20D366C8460C99BAED0622BA379AA',NULL,NULL,75);
INSERT INTO "states" VALUES(414,NULL,'2026-11-24T10:05:00.025+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.261163,NULL,153,NULL,NULL,NULL,0,X'01A20D366C85CFE6F32C28FAA70C8D1B',NULL,NULL,5);
INSERT INTO "states" VALUES(415,NULL,'2026-11-24T10:00:00.341+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2614081,NULL,149,NULL,NULL,NULL,0,X'01A20D366C858368A7E3CBAD0E13ABDE',NULL,NULL,27);
INSERT INTO "states" VALUES(416,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.26162,NULL,79,NULL,NULL,NULL,0,X'01A20D366C8539B8C2278848546F859B',NULL,NULL,49);
INSERT INTO "states" VALUES(417,NULL,'not_forwarded',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2669311,NULL,6,NULL,NULL,NULL,0,X'01A20D366C8AF3315A1250E3A93D8D37',NULL,NULL,6);
INSERT INTO "states" VALUES(418,NULL,'bob@example.com',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2671011,NULL,7,NULL,NULL,NULL,0,X'01A20D366C8B7C375F60410BCB7D2C8D',NULL,NULL,7);
INSERT INTO "states" VALUES(419,NULL,'voicemail',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.267216,NULL,8,NULL,NULL,NULL,0,X'01A20D366C8BD85432118FEC515CDEEA',NULL,NULL,8);
INSERT INTO "states" VALUES(420,NULL,'not_forwarded',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.267549,NULL,58,NULL,NULL,NULL,0,X'01A20D366C8B4E5DB4D203DA3F3E9F60',NULL,NULL,28);
INSERT INTO "states" VALUES(421,NULL,'not_forwarded',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.267638,NULL,59,NULL,NULL,NULL,0,X'01A20D366C8B2D6B3DCA810A65B3FCED',NULL,NULL,29);
INSERT INTO "states" VALUES(422,NULL,'not_forwarded',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.267715,NULL,60,NULL,NULL,NULL,0,X'01A20D366C8B3FA413B2D114298319A6',NULL,NULL,30);
INSERT INTO "states" VALUES(423,NULL,'not_forwarded',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.267992,NULL,80,NULL,NULL,NULL,0,X'01A20D366C8B678D30A0DFB8D92998D9',NULL,NULL,50);
INSERT INTO "states" VALUES(424,NULL,'not_forwarded',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.268091,NULL,81,NULL,NULL,NULL,0,X'01A20D366C8C758BCE13C084FE3B72CE',NULL,NULL,51);
INSERT INTO "states" VALUES(425,NULL,'not_forwarded',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2681799,NULL,82,NULL,NULL,NULL,0,X'01A20D366C8C95B4362AAF2039F71920',NULL,NULL,52);
INSERT INTO "states" VALUES(426,NULL,'in_use',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2743771,NULL,106,NULL,NULL,NULL,0,X'01A20D366C92709130AE3390EAE79FFE',NULL,NULL,76);
INSERT INTO "states" VALUES(427,NULL,'conditional',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2745421,NULL,107,NULL,NULL,NULL,0,X'01A20D366C92C3524AC5A7FD6940A6D2',NULL,NULL,77);
INSERT INTO "states" VALUES(428,NULL,'8',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.274678,NULL,108,NULL,NULL,NULL,0,X'01A20D366C92679D7DB9B3D8B9D0C4AB',NULL,NULL,78);
INSERT INTO "states" VALUES(429,NULL,'3.0766',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2747941,NULL,109,NULL,NULL,NULL,0,X'01A20D366C926823E56E3AFACB7D70CD',NULL,NULL,79);
INSERT INTO "states" VALUES(430,NULL,'-0.0425',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.274956,NULL,110,NULL,NULL,NULL,0,X'01A20D366C9240D47B2FBA09836E7E4D',NULL,NULL,80);
INSERT INTO "states" VALUES(431,NULL,'12.3456',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.275054,NULL,111,NULL,NULL,NULL,0,X'01A20D366C93AFA0B47999EE8B6206B8',NULL,NULL,81);
INSERT INTO "states" VALUES(432,NULL,'2026-11-24T10:03:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.275173,NULL,155,NULL,NULL,NULL,0,X'01A20D366C93B5064DE36234CF9791C8',NULL,NULL,82);
INSERT INTO "states" VALUES(433,NULL,'2026-11-24T10:03:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2752769,NULL,156,NULL,NULL,NULL,0,X'01A20D366C93562669F49692240AE51E',NULL,NULL,83);
INSERT INTO "states" VALUES(434,NULL,'in_use',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.275599,NULL,9,NULL,NULL,NULL,0,X'01A20D366C939CEFEC8F88F5FD00CD42',NULL,NULL,9);
INSERT INTO "states" VALUES(435,NULL,'conditional',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2757089,NULL,10,NULL,NULL,NULL,0,X'01A20D366C930901559A8D89E582C677',NULL,NULL,10);
INSERT INTO "states" VALUES(436,NULL,'-0.0425',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2758689,NULL,44,NULL,NULL,NULL,0,X'01A20D366C93702BA008A74F7EA5457A',NULL,NULL,11);
INSERT INTO "states" VALUES(437,NULL,'12.3456',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2759621,NULL,45,NULL,NULL,NULL,0,X'01A20D366C938D389C65014994F2C2EB',NULL,NULL,12);
INSERT INTO "states" VALUES(438,NULL,'2026-11-24T10:02:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2760611,NULL,150,NULL,NULL,NULL,0,X'01A20D366C94F39341CC70CCF1E312E9',NULL,NULL,13);
INSERT INTO "states" VALUES(439,NULL,'2026-11-24T10:01:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.276154,NULL,151,NULL,NULL,NULL,0,X'01A20D366C944BF04E73A398A6AB1D4C',NULL,NULL,14);
INSERT INTO "states" VALUES(440,NULL,'not_set_up',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2763369,NULL,61,NULL,NULL,NULL,0,X'01A20D366C94E8128426792B52AF4D4F',NULL,NULL,31);
INSERT INTO "states" VALUES(441,NULL,'none_active',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.276432,NULL,62,NULL,NULL,NULL,0,X'01A20D366C94DAFBA1BC6931B88E6CFE',NULL,NULL,32);
INSERT INTO "states" VALUES(442,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.27652,NULL,63,NULL,NULL,NULL,0,X'01A20D366C9461B7879F801E4DEF08F3',NULL,NULL,33);
INSERT INTO "states" VALUES(443,NULL,'2026-11-24T09:25:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2766099,NULL,138,NULL,NULL,NULL,0,X'01A20D366C94910CCED943B447A4EB58',NULL,NULL,34);
INSERT INTO "states" VALUES(444,NULL,'2026-11-24T09:25:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.276701,NULL,139,NULL,NULL,NULL,0,X'01A20D366C94C34D8C6EFC2D55818D59',NULL,NULL,35);
INSERT INTO "states" VALUES(445,NULL,'not_set_up',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2768741,NULL,83,NULL,NULL,NULL,0,X'01A20D366C94C1D8693C52DB19F0A047',NULL,NULL,53);
INSERT INTO "states" VALUES(446,NULL,'none_active',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.276968,NULL,84,NULL,NULL,NULL,0,X'01A20D366C948A485FD1A3B6C15B74D8',NULL,NULL,54);
INSERT INTO "states" VALUES(447,NULL,'1',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.277056,NULL,85,NULL,NULL,NULL,0,X'01A20D366C95F6E01E5F2B017B7F7AB9',NULL,NULL,55);
INSERT INTO "states" VALUES(448,NULL,'0.0000',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.277144,NULL,86,NULL,NULL,NULL,0,X'01A20D366C9543A9945119322B9DE187',NULL,NULL,56);
INSERT INTO "states" VALUES(449,NULL,'7.5000',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2772329,NULL,87,NULL,NULL,NULL,0,X'01A20D366C9531ADAFFBCC2C7611948E',NULL,NULL,57);
INSERT INTO "states" VALUES(450,NULL,'7.5000',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.277314,NULL,88,NULL,NULL,NULL,0,X'01A20D366C95492AB6D1CD0109A235AF',NULL,NULL,58);
INSERT INTO "states" VALUES(451,NULL,'2026-11-24T08:58:55+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2774041,NULL,89,NULL,NULL,NULL,0,X'01A20D366C958694396A282830AA8934',NULL,NULL,59);
INSERT INTO "states" VALUES(452,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2774899,NULL,90,NULL,NULL,NULL,0,X'01A20D366C9550F095731704F2958801',NULL,NULL,60);
INSERT INTO "states" VALUES(453,NULL,'1',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2776289,NULL,114,NULL,NULL,NULL,0,X'01A20D366C9578378025E7090DD75FBF',NULL,NULL,84);
INSERT INTO "states" VALUES(454,NULL,'1',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2777121,NULL,115,NULL,NULL,NULL,0,X'01A20D366C95E072D1D2C89D254FE50A',NULL,NULL,85);
INSERT INTO "states" VALUES(455,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.277801,NULL,116,NULL,NULL,NULL,0,X'01A20D366C957AEB426A99D39F627F66',NULL,NULL,86);
INSERT INTO "states" VALUES(456,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.277879,NULL,117,NULL,NULL,NULL,0,X'01A20D366C95EFB41E3F9E261F7702C5',NULL,NULL,87);
INSERT INTO "states" VALUES(457,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.277971,NULL,118,NULL,NULL,NULL,0,X'01A20D366C9567F5196EF8FE64B6F0DA',NULL,NULL,88);
INSERT INTO "states" VALUES(458,NULL,'50',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2780531,NULL,119,NULL,NULL,NULL,0,X'01A20D366C963BD01993ABD642932991',NULL,NULL,89);
INSERT INTO "states" VALUES(459,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2782,NULL,15,NULL,NULL,NULL,0,X'01A20D366C96A98ABC1411452117E1D5',NULL,NULL,15);
INSERT INTO "states" VALUES(460,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.278281,NULL,16,NULL,NULL,NULL,0,X'01A20D366C963FD9E6E5038C78856930',NULL,NULL,16);
INSERT INTO "states" VALUES(461,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.278508,NULL,17,NULL,NULL,NULL,0,X'01A20D366C96BD6471945F32414A9EBA',NULL,NULL,17);
INSERT INTO "states" VALUES(462,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2786541,NULL,19,NULL,NULL,NULL,0,X'01A20D366C96640D01F77D816C9D950B',NULL,NULL,19);
INSERT INTO "states" VALUES(463,NULL,'25',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2787631,NULL,20,NULL,NULL,NULL,0,X'01A20D366C96EED7C3037A6B86232267',NULL,NULL,20);
INSERT INTO "states" VALUES(464,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2788799,NULL,66,NULL,NULL,NULL,0,X'01A20D366C96084B60D824B5A9AC3EAC',NULL,NULL,36);
INSERT INTO "states" VALUES(465,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.278955,NULL,67,NULL,NULL,NULL,0,X'01A20D366C969792EAF499D4D7F222C7',NULL,NULL,37);
INSERT INTO "states" VALUES(466,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.279027,NULL,68,NULL,NULL,NULL,0,X'01A20D366C97E0E09A9991EC962A8221',NULL,NULL,38);
INSERT INTO "states" VALUES(467,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2791021,NULL,69,NULL,NULL,NULL,0,X'01A20D366C9714771317AA5DE8541613',NULL,NULL,39);
INSERT INTO "states" VALUES(468,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.279171,NULL,70,NULL,NULL,NULL,0,X'01A20D366C97B9993E3E52F623FA787E',NULL,NULL,40);
INSERT INTO "states" VALUES(469,NULL,'35',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.279258,NULL,71,NULL,NULL,NULL,0,X'01A20D366C97C85DD64DFCF83267B23E',NULL,NULL,41);
INSERT INTO "states" VALUES(470,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.279376,NULL,91,NULL,NULL,NULL,0,X'01A20D366C97559B4CA74677DC7034F6',NULL,NULL,61);
INSERT INTO "states" VALUES(471,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.279453,NULL,92,NULL,NULL,NULL,0,X'01A20D366C971ED64F8AF8FEA035B316',NULL,NULL,62);
INSERT INTO "states" VALUES(472,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.279685,NULL,94,NULL,NULL,NULL,0,X'01A20D366C970C36894C68A85F2DC92E',NULL,NULL,64);
INSERT INTO "states" VALUES(473,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.279758,NULL,95,NULL,NULL,NULL,0,X'01A20D366C97D4C4BB258EC5274800F2',NULL,NULL,65);
INSERT INTO "states" VALUES(474,NULL,'35',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2798381,NULL,96,NULL,NULL,NULL,0,X'01A20D366C97ABF272114C7142F87510',NULL,NULL,66);
INSERT INTO "states" VALUES(475,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.28001,NULL,120,NULL,NULL,NULL,0,X'01A20D366C98C9FE2C78159706556FD7',NULL,NULL,90);
INSERT INTO "states" VALUES(476,NULL,'2036-11-20T09:00:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.280149,NULL,121,NULL,NULL,NULL,0,X'01A20D366C98944B5C3DEBA393DD519F',NULL,NULL,91);
INSERT INTO "states" VALUES(477,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.280273,NULL,21,NULL,NULL,NULL,0,X'01A20D366C9811CE308BA1394A51E261',NULL,NULL,21);
INSERT INTO "states" VALUES(478,NULL,'1',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.280381,NULL,72,NULL,NULL,NULL,0,X'01A20D366C986A3BCAA174B4A746132C',NULL,NULL,42);
INSERT INTO "states" VALUES(479,NULL,'2036-11-20T09:00:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.280484,NULL,73,NULL,NULL,NULL,0,X'01A20D366C98BE972B84D6B0FD24D185',NULL,NULL,43);
INSERT INTO "states" VALUES(480,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2805891,NULL,97,NULL,NULL,NULL,0,X'01A20D366C9846178E17D316254AE224',NULL,NULL,67);
INSERT INTO "states" VALUES(481,NULL,'2099-12-31T00:00:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.280684,NULL,98,NULL,NULL,NULL,0,X'01A20D366C985EF9BEEF2EE838BAF981',NULL,NULL,68);
INSERT INTO "states" VALUES(482,NULL,'off',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.283354,NULL,46,NULL,NULL,NULL,0,X'01A20D366C9B9CBDE95BFE4A90D2D2F3',NULL,NULL,22);
INSERT INTO "states" VALUES(483,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.283567,NULL,23,NULL,NULL,NULL,0,X'01A20D366C9B511B0A0737D05D2CF8A4',NULL,NULL,23);
INSERT INTO "states" VALUES(484,NULL,'off',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2837861,NULL,74,NULL,NULL,NULL,0,X'01A20D366C9B875AAE30AC207BD95925',NULL,NULL,44);
INSERT INTO "states" VALUES(485,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.283896,NULL,75,NULL,NULL,NULL,0,X'01A20D366C9B2E4B5B7876EE53B9C292',NULL,NULL,45);
INSERT INTO "states" VALUES(486,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.284205,NULL,100,NULL,NULL,NULL,0,X'01A20D366C9C253E4A3B1767F6087CA7',NULL,NULL,70);
INSERT INTO "states" VALUES(487,NULL,'on',NULL,NULL,NULL,NULL,1795518000.341923,NULL,1795518000.339138,NULL,125,NULL,NULL,NULL,0,X'01A20D366CD36D1746DABABA61C5E753',NULL,NULL,93);
INSERT INTO "states" VALUES(488,NULL,'on',NULL,NULL,NULL,NULL,1795518000.342025,NULL,1795518000.3392601,NULL,126,NULL,NULL,NULL,0,X'01A20D366CD36A5714B0B1E7561C3836',NULL,NULL,94);
INSERT INTO "states" VALUES(489,NULL,'on',NULL,NULL,NULL,NULL,1795518000.342088,NULL,1795518000.3393271,NULL,127,NULL,NULL,NULL,0,X'01A20D366CD37BCA55A99659A4FFD226',NULL,NULL,95);
INSERT INTO "states" VALUES(490,NULL,'on',NULL,NULL,NULL,NULL,1795518000.342243,NULL,1795518000.3393829,NULL,128,NULL,NULL,NULL,0,X'01A20D366CD3004A3C519F1CDCF2B8AD',NULL,NULL,96);
INSERT INTO "states" VALUES(491,NULL,'on',NULL,NULL,NULL,NULL,1795518000.342329,NULL,1795518000.339437,NULL,129,NULL,NULL,NULL,0,X'01A20D366CD3E6A8D59298B8F0A96383',NULL,NULL,97);
INSERT INTO "states" VALUES(492,NULL,'on',NULL,NULL,NULL,NULL,1795518000.342382,NULL,1795518000.3395309,NULL,130,NULL,NULL,NULL,0,X'01A20D366CD3ACB7B8AF32B06EE43278',NULL,NULL,98);
INSERT INTO "states" VALUES(493,NULL,'on',NULL,NULL,NULL,NULL,1795518000.3425,NULL,1795518000.3395851,NULL,131,NULL,NULL,NULL,0,X'01A20D366CD3A92E17AF2B04FB591A1A',NULL,NULL,99);
INSERT INTO "states" VALUES(494,NULL,'on',NULL,NULL,NULL,NULL,1795518000.342571,NULL,1795518000.3396349,NULL,132,NULL,NULL,NULL,0,X'01A20D366CD3466E606A225BAF856643',NULL,NULL,100);
INSERT INTO "states" VALUES(497,NULL,'on',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.247962,NULL,158,NULL,NULL,NULL,0,X'01A20D366C7748BAC0782B00AFFB2278',NULL,NULL,47);
INSERT INTO "states" VALUES(498,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2796111,NULL,159,NULL,NULL,NULL,0,X'01A20D366C97DC29139A37548927D158',NULL,NULL,63);
INSERT INTO "states" VALUES(499,NULL,'on',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.284096,NULL,160,NULL,NULL,NULL,0,X'01A20D366C9C13E70052C79037A70C81',NULL,NULL,69);
INSERT INTO "states" VALUES(500,NULL,'unknown',NULL,NULL,NULL,1795518000.1202359,NULL,NULL,1795518000.3408811,NULL,2,NULL,NULL,NULL,0,X'01A20D366CD48DC8907E3799CF16D21F',NULL,NULL,2);
INSERT INTO "states" VALUES(501,NULL,'unknown',NULL,NULL,NULL,1795518000.120379,NULL,NULL,1795518000.3409259,NULL,124,NULL,NULL,NULL,0,X'01A20D366CD4145F83B83979ECD47AE1',NULL,NULL,92);
INSERT INTO "states" VALUES(504,NULL,'on',NULL,NULL,NULL,1795518000.3396831,NULL,NULL,1795518000.3495891,NULL,133,NULL,NULL,NULL,0,X'01A20D366CDCA234AA623171B447884C',NULL,NULL,101);
INSERT INTO "states" VALUES(505,NULL,'on',NULL,NULL,NULL,1795518000.3397319,1795518000.645282,NULL,1795518000.6451969,NULL,134,NULL,NULL,NULL,0,X'01A20D366CDDE5AE38B3BCAD8CE01389',NULL,NULL,102);
CREATE TABLE states_meta (
	metadata_id INTEGER NOT NULL, 
	entity_id VARCHAR(255), 
	PRIMARY KEY (metadata_id)
);
INSERT INTO "states_meta" VALUES(1,'zone.home');
INSERT INTO "states_meta" VALUES(2,'person.demo');
INSERT INTO "states_meta" VALUES(3,'binary_sensor.alice_example_com_registered');
INSERT INTO "states_meta" VALUES(4,'button.alice_example_com_mark_missed_calls_as_seen');
INSERT INTO "states_meta" VALUES(5,'event.alice_example_com_call');
INSERT INTO "states_meta" VALUES(6,'select.alice_example_com_forward_all_calls');
INSERT INTO "states_meta" VALUES(7,'select.alice_example_com_forward_when_busy');
INSERT INTO "states_meta" VALUES(8,'select.alice_example_com_forward_when_no_answer');
INSERT INTO "states_meta" VALUES(9,'sensor.alice_example_com_voicemail');
INSERT INTO "states_meta" VALUES(10,'sensor.alice_example_com_call_forwarding');
INSERT INTO "states_meta" VALUES(11,'sensor.alice_example_com_last_transaction');
INSERT INTO "states_meta" VALUES(12,'sensor.alice_example_com_balance');
INSERT INTO "states_meta" VALUES(13,'sensor.alice_example_com_last_call');
INSERT INTO "states_meta" VALUES(14,'sensor.who_did_i_miss');
INSERT INTO "states_meta" VALUES(15,'sensor.alice_example_com_aliases');
INSERT INTO "states_meta" VALUES(16,'sensor.alice_example_com_phone_numbers');
INSERT INTO "states_meta" VALUES(17,'sensor.alice_example_com_accept_rules');
INSERT INTO "states_meta" VALUES(18,'sensor.alice_example_com_rejected_callers');
INSERT INTO "states_meta" VALUES(19,'sensor.alice_example_com_registered_devices');
INSERT INTO "states_meta" VALUES(20,'sensor.alice_example_com_no_answer_timeout');
INSERT INTO "states_meta" VALUES(21,'sensor.alice_example_com_missed_calls');
INSERT INTO "states_meta" VALUES(22,'switch.alice_example_com_do_not_disturb');
INSERT INTO "states_meta" VALUES(23,'switch.alice_example_com_hide_caller_id');
INSERT INTO "states_meta" VALUES(24,'binary_sensor.alice_example_com_low_balance');
INSERT INTO "states_meta" VALUES(25,'binary_sensor.bob_example_com_registered');
INSERT INTO "states_meta" VALUES(26,'button.bob_example_com_mark_missed_calls_as_seen');
INSERT INTO "states_meta" VALUES(27,'event.bob_example_com_call');
INSERT INTO "states_meta" VALUES(28,'select.bob_example_com_forward_all_calls');
INSERT INTO "states_meta" VALUES(29,'select.bob_example_com_forward_when_busy');
INSERT INTO "states_meta" VALUES(30,'select.bob_example_com_forward_when_no_answer');
INSERT INTO "states_meta" VALUES(31,'sensor.bob_example_com_voicemail');
INSERT INTO "states_meta" VALUES(32,'sensor.bob_example_com_call_forwarding');
INSERT INTO "states_meta" VALUES(33,'sensor.bob_example_com_last_transaction');
INSERT INTO "states_meta" VALUES(34,'sensor.bob_example_com_last_call');
INSERT INTO "states_meta" VALUES(35,'sensor.bob_example_com_last_missed_call');
INSERT INTO "states_meta" VALUES(36,'sensor.bob_example_com_aliases');
INSERT INTO "states_meta" VALUES(37,'sensor.bob_example_com_phone_numbers');
INSERT INTO "states_meta" VALUES(38,'sensor.bob_example_com_accept_rules');
INSERT INTO "states_meta" VALUES(39,'sensor.bob_example_com_rejected_callers');
INSERT INTO "states_meta" VALUES(40,'sensor.bob_example_com_registered_devices');
INSERT INTO "states_meta" VALUES(41,'sensor.bob_example_com_no_answer_timeout');
INSERT INTO "states_meta" VALUES(42,'sensor.bob_example_com_missed_calls');
INSERT INTO "states_meta" VALUES(43,'sensor.bob_example_com_certificate_expires');
INSERT INTO "states_meta" VALUES(44,'switch.bob_example_com_do_not_disturb');
INSERT INTO "states_meta" VALUES(45,'switch.bob_example_com_hide_caller_id');
INSERT INTO "states_meta" VALUES(46,'binary_sensor.carol_example_com_registered');
INSERT INTO "states_meta" VALUES(47,'binary_sensor.carol_example_com_call_in_progress');
INSERT INTO "states_meta" VALUES(48,'button.carol_example_com_mark_missed_calls_as_seen');
INSERT INTO "states_meta" VALUES(49,'event.carol_example_com_call');
INSERT INTO "states_meta" VALUES(50,'select.carol_example_com_forward_all_calls');
INSERT INTO "states_meta" VALUES(51,'select.carol_example_com_forward_when_busy');
INSERT INTO "states_meta" VALUES(52,'select.carol_example_com_forward_when_no_answer');
INSERT INTO "states_meta" VALUES(53,'sensor.carol_example_com_voicemail');
INSERT INTO "states_meta" VALUES(54,'sensor.carol_example_com_call_forwarding');
INSERT INTO "states_meta" VALUES(55,'sensor.carol_example_com_calls_this_month');
INSERT INTO "states_meta" VALUES(56,'sensor.carol_example_com_cost_this_month');
INSERT INTO "states_meta" VALUES(57,'sensor.carol_example_com_last_transaction');
INSERT INTO "states_meta" VALUES(58,'sensor.carol_example_com_balance');
INSERT INTO "states_meta" VALUES(59,'sensor.carol_example_com_last_call');
INSERT INTO "states_meta" VALUES(60,'sensor.carol_example_com_last_missed_call');
INSERT INTO "states_meta" VALUES(61,'sensor.carol_example_com_aliases');
INSERT INTO "states_meta" VALUES(62,'sensor.carol_example_com_phone_numbers');
INSERT INTO "states_meta" VALUES(63,'sensor.carol_example_com_accept_rules');
INSERT INTO "states_meta" VALUES(64,'sensor.carol_example_com_rejected_callers');
INSERT INTO "states_meta" VALUES(65,'sensor.carol_example_com_registered_devices');
INSERT INTO "states_meta" VALUES(66,'sensor.carol_example_com_no_answer_timeout');
INSERT INTO "states_meta" VALUES(67,'sensor.carol_example_com_missed_calls');
INSERT INTO "states_meta" VALUES(68,'sensor.carol_example_com_certificate_expires');
INSERT INTO "states_meta" VALUES(69,'switch.carol_example_com_do_not_disturb');
INSERT INTO "states_meta" VALUES(70,'switch.carol_example_com_hide_caller_id');
INSERT INTO "states_meta" VALUES(71,'binary_sensor.dave_example_net_registered');
INSERT INTO "states_meta" VALUES(72,'binary_sensor.dave_example_net_blocked');
INSERT INTO "states_meta" VALUES(73,'binary_sensor.dave_example_net_caller_id_hidden');
INSERT INTO "states_meta" VALUES(74,'button.dave_example_net_mark_missed_calls_as_seen');
INSERT INTO "states_meta" VALUES(75,'event.dave_example_net_call');
INSERT INTO "states_meta" VALUES(76,'sensor.dave_example_net_voicemail');
INSERT INTO "states_meta" VALUES(77,'sensor.dave_example_net_call_forwarding');
INSERT INTO "states_meta" VALUES(78,'sensor.dave_example_net_calls_this_month');
INSERT INTO "states_meta" VALUES(79,'sensor.dave_example_net_cost_this_month');
INSERT INTO "states_meta" VALUES(80,'sensor.dave_example_net_last_transaction');
INSERT INTO "states_meta" VALUES(81,'sensor.dave_example_net_balance');
INSERT INTO "states_meta" VALUES(82,'sensor.dave_example_net_last_call');
INSERT INTO "states_meta" VALUES(83,'sensor.dave_example_net_last_missed_call');
INSERT INTO "states_meta" VALUES(84,'sensor.dave_example_net_aliases');
INSERT INTO "states_meta" VALUES(85,'sensor.dave_example_net_phone_numbers');
INSERT INTO "states_meta" VALUES(86,'sensor.dave_example_net_accept_rules');
INSERT INTO "states_meta" VALUES(87,'sensor.dave_example_net_rejected_callers');
INSERT INTO "states_meta" VALUES(88,'sensor.dave_example_net_registered_devices');
INSERT INTO "states_meta" VALUES(89,'sensor.dave_example_net_monthly_quota');
INSERT INTO "states_meta" VALUES(90,'sensor.dave_example_net_missed_calls');
INSERT INTO "states_meta" VALUES(91,'sensor.dave_example_net_certificate_expires');
INSERT INTO "states_meta" VALUES(92,'person.alice');
INSERT INTO "states_meta" VALUES(93,'automation.by_event');
INSERT INTO "states_meta" VALUES(94,'automation.by_state');
INSERT INTO "states_meta" VALUES(95,'automation.by_count');
INSERT INTO "states_meta" VALUES(96,'automation.at_night');
INSERT INTO "states_meta" VALUES(97,'automation.missed_call');
INSERT INTO "states_meta" VALUES(98,'automation.missed_calls_on_arrival');
INSERT INTO "states_meta" VALUES(99,'automation.low_balance');
INSERT INTO "states_meta" VALUES(100,'automation.call_from_person');
INSERT INTO "states_meta" VALUES(101,'automation.do_not_disturb');
INSERT INTO "states_meta" VALUES(102,'automation.forward_when_away');
CREATE TABLE statistics (
	id INTEGER NOT NULL, 
	created CHAR(0), 
	created_ts FLOAT, 
	metadata_id INTEGER, 
	start CHAR(0), 
	start_ts FLOAT, 
	mean FLOAT, 
	mean_weight FLOAT, 
	min FLOAT, 
	max FLOAT, 
	last_reset CHAR(0), 
	last_reset_ts FLOAT, 
	state FLOAT, 
	sum FLOAT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(metadata_id) REFERENCES statistics_meta (id) ON DELETE CASCADE
);
INSERT INTO "statistics" VALUES(1,NULL,1795514400.5289969,1,NULL,1795510800.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics" VALUES(2,NULL,1795514400.5289969,2,NULL,1795510800.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics" VALUES(3,NULL,1795514400.5289969,3,NULL,1795510800.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics" VALUES(4,NULL,1795514400.5289969,4,NULL,1795510800.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics" VALUES(5,NULL,1795514400.5289969,5,NULL,1795510800.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics" VALUES(6,NULL,1795514400.5289969,6,NULL,1795510800.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics" VALUES(7,NULL,1795514400.5289969,7,NULL,1795510800.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(8,NULL,1795514400.5289969,8,NULL,1795510800.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(9,NULL,1795514400.5289969,9,NULL,1795510800.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(10,NULL,1795514400.5289969,10,NULL,1795510800.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(11,NULL,1795514400.5289969,11,NULL,1795510800.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics" VALUES(12,NULL,1795518000.479986,1,NULL,1795514400.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics" VALUES(13,NULL,1795518000.479986,2,NULL,1795514400.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics" VALUES(14,NULL,1795518000.479986,3,NULL,1795514400.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics" VALUES(15,NULL,1795518000.479986,4,NULL,1795514400.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics" VALUES(16,NULL,1795518000.479986,5,NULL,1795514400.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics" VALUES(17,NULL,1795518000.479986,6,NULL,1795514400.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics" VALUES(18,NULL,1795518000.479986,7,NULL,1795514400.0,0.999905155,NULL,0.0,1.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(19,NULL,1795518000.479986,8,NULL,1795514400.0,1.9165654200000002,NULL,0.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(20,NULL,1795518000.479986,9,NULL,1795514400.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(21,NULL,1795518000.479986,10,NULL,1795514400.0,0.083248904166666679,NULL,0.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(22,NULL,1795518000.479986,11,NULL,1795514400.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
CREATE TABLE statistics_meta (
	id INTEGER NOT NULL, 
	statistic_id VARCHAR(255), 
	source VARCHAR(32), 
	unit_of_measurement VARCHAR(255), 
	unit_class VARCHAR(255), 
	has_mean BOOLEAN, 
	has_sum BOOLEAN, 
	name VARCHAR(255), 
	mean_type SMALLINT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "statistics_meta" VALUES(1,'sensor.carol_example_com_calls_this_month','recorder','calls',NULL,NULL,1,NULL,0);
INSERT INTO "statistics_meta" VALUES(2,'sensor.carol_example_com_cost_this_month','recorder','EUR',NULL,NULL,1,NULL,0);
INSERT INTO "statistics_meta" VALUES(3,'sensor.carol_example_com_balance','recorder','EUR',NULL,NULL,1,NULL,0);
INSERT INTO "statistics_meta" VALUES(4,'sensor.dave_example_net_calls_this_month','recorder','calls',NULL,NULL,1,NULL,0);
INSERT INTO "statistics_meta" VALUES(5,'sensor.dave_example_net_cost_this_month','recorder','EUR',NULL,NULL,1,NULL,0);
INSERT INTO "statistics_meta" VALUES(6,'sensor.dave_example_net_balance','recorder','EUR',NULL,NULL,1,NULL,0);
INSERT INTO "statistics_meta" VALUES(7,'sensor.bob_example_com_missed_calls','recorder','calls',NULL,NULL,0,NULL,1);
INSERT INTO "statistics_meta" VALUES(8,'sensor.alice_example_com_missed_calls','recorder','calls',NULL,NULL,0,NULL,1);
INSERT INTO "statistics_meta" VALUES(9,'sensor.carol_example_com_missed_calls','recorder','calls',NULL,NULL,0,NULL,1);
INSERT INTO "statistics_meta" VALUES(10,'sensor.dave_example_net_missed_calls','recorder','calls',NULL,NULL,0,NULL,1);
INSERT INTO "statistics_meta" VALUES(11,'sensor.alice_example_com_balance','recorder','USD',NULL,NULL,1,NULL,0);
CREATE TABLE statistics_runs (
	run_id INTEGER NOT NULL, 
	start DATETIME NOT NULL, 
	PRIMARY KEY (run_id)
);
INSERT INTO "statistics_runs" VALUES(1,'2026-11-24 08:55:00.000000');
INSERT INTO "statistics_runs" VALUES(2,'2026-11-24 09:00:00.000000');
INSERT INTO "statistics_runs" VALUES(3,'2026-11-24 09:05:00.000000');
INSERT INTO "statistics_runs" VALUES(4,'2026-11-24 09:10:00.000000');
INSERT INTO "statistics_runs" VALUES(5,'2026-11-24 09:15:00.000000');
INSERT INTO "statistics_runs" VALUES(6,'2026-11-24 09:20:00.000000');
INSERT INTO "statistics_runs" VALUES(7,'2026-11-24 09:25:00.000000');
INSERT INTO "statistics_runs" VALUES(8,'2026-11-24 09:30:00.000000');
INSERT INTO "statistics_runs" VALUES(9,'2026-11-24 09:35:00.000000');
INSERT INTO "statistics_runs" VALUES(10,'2026-11-24 09:40:00.000000');
INSERT INTO "statistics_runs" VALUES(11,'2026-11-24 09:45:00.000000');
INSERT INTO "statistics_runs" VALUES(12,'2026-11-24 09:50:00.000000');
INSERT INTO "statistics_runs" VALUES(13,'2026-11-24 09:55:00.000000');
INSERT INTO "statistics_runs" VALUES(14,'2026-11-24 10:00:00.000000');
INSERT INTO "statistics_runs" VALUES(15,'2026-11-24 10:05:00.000000');
INSERT INTO "statistics_runs" VALUES(16,'2026-11-24 10:10:00.000000');
INSERT INTO "statistics_runs" VALUES(17,'2026-11-24 10:15:00.000000');
INSERT INTO "statistics_runs" VALUES(18,'2026-11-24 10:20:00.000000');
INSERT INTO "statistics_runs" VALUES(19,'2026-11-24 10:25:00.000000');
INSERT INTO "statistics_runs" VALUES(20,'2026-11-24 10:30:00.000000');
INSERT INTO "statistics_runs" VALUES(21,'2026-11-24 10:35:00.000000');
INSERT INTO "statistics_runs" VALUES(22,'2026-11-24 10:40:00.000000');
INSERT INTO "statistics_runs" VALUES(23,'2026-11-24 10:45:00.000000');
INSERT INTO "statistics_runs" VALUES(24,'2026-11-24 10:50:00.000000');
INSERT INTO "statistics_runs" VALUES(25,'2026-11-24 10:55:00.000000');
CREATE TABLE statistics_short_term (
	id INTEGER NOT NULL, 
	created CHAR(0), 
	created_ts FLOAT, 
	metadata_id INTEGER, 
	start CHAR(0), 
	start_ts FLOAT, 
	mean FLOAT, 
	mean_weight FLOAT, 
	min FLOAT, 
	max FLOAT, 
	last_reset CHAR(0), 
	last_reset_ts FLOAT, 
	state FLOAT, 
	sum FLOAT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(metadata_id) REFERENCES statistics_meta (id) ON DELETE CASCADE
);
INSERT INTO "statistics_short_term" VALUES(187,NULL,1795518000.423501,4,NULL,1795515900.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics_short_term" VALUES(188,NULL,1795518000.423501,5,NULL,1795515900.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics_short_term" VALUES(189,NULL,1795518000.423501,6,NULL,1795515900.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(190,NULL,1795518000.423501,11,NULL,1795515900.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(191,NULL,1795518000.423501,1,NULL,1795515900.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics_short_term" VALUES(192,NULL,1795518000.423501,2,NULL,1795515900.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics_short_term" VALUES(193,NULL,1795518000.423501,3,NULL,1795515900.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics_short_term" VALUES(194,NULL,1795518000.423501,10,NULL,1795515900.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(195,NULL,1795518000.423501,8,NULL,1795515900.0,2.0,NULL,2.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(196,NULL,1795518000.423501,7,NULL,1795515900.0,1.0,NULL,1.0,1.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(197,NULL,1795518000.423501,9,NULL,1795515900.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(198,NULL,1795518000.4269071,4,NULL,1795516200.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics_short_term" VALUES(199,NULL,1795518000.4269071,5,NULL,1795516200.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics_short_term" VALUES(200,NULL,1795518000.4269071,6,NULL,1795516200.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(201,NULL,1795518000.4269071,11,NULL,1795516200.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(202,NULL,1795518000.4269071,1,NULL,1795516200.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics_short_term" VALUES(203,NULL,1795518000.4269071,2,NULL,1795516200.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics_short_term" VALUES(204,NULL,1795518000.4269071,3,NULL,1795516200.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics_short_term" VALUES(205,NULL,1795518000.4269071,10,NULL,1795516200.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(206,NULL,1795518000.4269071,8,NULL,1795516200.0,2.0,NULL,2.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(207,NULL,1795518000.4269071,7,NULL,1795516200.0,1.0,NULL,1.0,1.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(208,NULL,1795518000.4269071,9,NULL,1795516200.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(209,NULL,1795518000.4346449,4,NULL,1795516500.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics_short_term" VALUES(210,NULL,1795518000.4346449,5,NULL,1795516500.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics_short_term" VALUES(211,NULL,1795518000.4346449,6,NULL,1795516500.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(212,NULL,1795518000.4346449,11,NULL,1795516500.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(213,NULL,1795518000.4346449,1,NULL,1795516500.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics_short_term" VALUES(214,NULL,1795518000.4346449,2,NULL,1795516500.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics_short_term" VALUES(215,NULL,1795518000.4346449,3,NULL,1795516500.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics_short_term" VALUES(216,NULL,1795518000.4346449,10,NULL,1795516500.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(217,NULL,1795518000.4346449,8,NULL,1795516500.0,2.0,NULL,2.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(218,NULL,1795518000.4346449,7,NULL,1795516500.0,1.0,NULL,1.0,1.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(219,NULL,1795518000.4346449,9,NULL,1795516500.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(220,NULL,1795518000.442085,4,NULL,1795516800.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics_short_term" VALUES(221,NULL,1795518000.442085,5,NULL,1795516800.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics_short_term" VALUES(222,NULL,1795518000.442085,6,NULL,1795516800.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(223,NULL,1795518000.442085,11,NULL,1795516800.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(224,NULL,1795518000.442085,1,NULL,1795516800.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics_short_term" VALUES(225,NULL,1795518000.442085,2,NULL,1795516800.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics_short_term" VALUES(226,NULL,1795518000.442085,3,NULL,1795516800.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics_short_term" VALUES(227,NULL,1795518000.442085,10,NULL,1795516800.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(228,NULL,1795518000.442085,8,NULL,1795516800.0,2.0,NULL,2.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(229,NULL,1795518000.442085,7,NULL,1795516800.0,1.0,NULL,1.0,1.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(230,NULL,1795518000.442085,9,NULL,1795516800.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(231,NULL,1795518000.4499991,4,NULL,1795517100.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics_short_term" VALUES(232,NULL,1795518000.4499991,5,NULL,1795517100.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics_short_term" VALUES(233,NULL,1795518000.4499991,6,NULL,1795517100.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(234,NULL,1795518000.4499991,11,NULL,1795517100.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(235,NULL,1795518000.4499991,1,NULL,1795517100.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics_short_term" VALUES(236,NULL,1795518000.4499991,2,NULL,1795517100.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics_short_term" VALUES(237,NULL,1795518000.4499991,3,NULL,1795517100.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics_short_term" VALUES(238,NULL,1795518000.4499991,10,NULL,1795517100.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(239,NULL,1795518000.4499991,8,NULL,1795517100.0,2.0,NULL,2.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(240,NULL,1795518000.4499991,7,NULL,1795517100.0,1.0,NULL,1.0,1.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(241,NULL,1795518000.4499991,9,NULL,1795517100.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(242,NULL,1795518000.4547291,4,NULL,1795517400.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics_short_term" VALUES(243,NULL,1795518000.4547291,5,NULL,1795517400.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics_short_term" VALUES(244,NULL,1795518000.4547291,6,NULL,1795517400.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(245,NULL,1795518000.4547291,11,NULL,1795517400.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(246,NULL,1795518000.4547291,1,NULL,1795517400.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics_short_term" VALUES(247,NULL,1795518000.4547291,2,NULL,1795517400.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics_short_term" VALUES(248,NULL,1795518000.4547291,3,NULL,1795517400.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics_short_term" VALUES(249,NULL,1795518000.4547291,10,NULL,1795517400.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(250,NULL,1795518000.4547291,8,NULL,1795517400.0,2.0,NULL,2.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(251,NULL,1795518000.4547291,7,NULL,1795517400.0,1.0,NULL,1.0,1.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(252,NULL,1795518000.4547291,9,NULL,1795517400.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(253,NULL,1795518000.4660111,4,NULL,1795517700.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics_short_term" VALUES(254,NULL,1795518000.4660111,5,NULL,1795517700.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics_short_term" VALUES(255,NULL,1795518000.4660111,6,NULL,1795517700.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(256,NULL,1795518000.4660111,11,NULL,1795517700.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(257,NULL,1795518000.4660111,1,NULL,1795517700.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics_short_term" VALUES(258,NULL,1795518000.4660111,2,NULL,1795517700.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics_short_term" VALUES(259,NULL,1795518000.4660111,3,NULL,1795517700.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics_short_term" VALUES(260,NULL,1795518000.4660111,10,NULL,1795517700.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(261,NULL,1795518000.4660111,8,NULL,1795517700.0,2.0,NULL,2.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(262,NULL,1795518000.4660111,7,NULL,1795517700.0,1.0,NULL,1.0,1.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(263,NULL,1795518000.4660111,9,NULL,1795517700.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
CREATE INDEX ix_event_data_hash ON event_data (hash);
CREATE UNIQUE INDEX ix_event_types_event_type ON event_types (event_type);
CREATE INDEX ix_state_attributes_hash ON state_attributes (hash);
CREATE UNIQUE INDEX ix_states_meta_entity_id ON states_meta (entity_id);
CREATE UNIQUE INDEX ix_statistics_meta_statistic_id ON statistics_meta (statistic_id);
CREATE INDEX ix_recorder_runs_start_end ON recorder_runs (start, "end");
CREATE INDEX ix_statistics_runs_start ON statistics_runs (start);
CREATE INDEX ix_events_context_id_bin ON events (context_id_bin);
CREATE INDEX ix_events_event_type_id_time_fired_ts ON events (event_type_id, time_fired_ts);
CREATE INDEX ix_events_data_id ON events (data_id);
CREATE INDEX ix_events_time_fired_ts ON events (time_fired_ts);
CREATE INDEX ix_states_metadata_id_last_updated_ts ON states (metadata_id, last_updated_ts);
CREATE INDEX ix_states_last_updated_ts ON states (last_updated_ts);
CREATE INDEX ix_states_attributes_id ON states (attributes_id);
CREATE INDEX ix_states_context_id_bin ON states (context_id_bin);
CREATE INDEX ix_states_old_state_id ON states (old_state_id);
CREATE UNIQUE INDEX ix_statistics_statistic_id_start_ts ON statistics (metadata_id, start_ts);
CREATE INDEX ix_statistics_start_ts ON statistics (start_ts);
CREATE UNIQUE INDEX ix_statistics_short_term_statistic_id_start_ts ON statistics_short_term (metadata_id, start_ts);
CREATE INDEX ix_statistics_short_term_start_ts ON statistics_short_term (start_ts);
COMMIT;
