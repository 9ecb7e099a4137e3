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
INSERT INTO "recorder_runs" VALUES(1,'2026-11-24 09:00:00.120981','2026-11-24 09:00:01.131207',0,'2026-11-24 09:00:00.139118');
INSERT INTO "recorder_runs" VALUES(2,'2026-11-24 10:00:00.103578','2026-11-24 10:00:00.627374',0,'2026-11-24 10:00:00.112447');
INSERT INTO "recorder_runs" VALUES(3,'2026-11-24 11:00:00.096564','2026-11-24 11:00:00.563588',0,'2026-11-24 11:00:00.104783');
CREATE TABLE schema_changes (
	change_id INTEGER NOT NULL, 
	schema_version INTEGER, 
	changed DATETIME NOT NULL, 
	PRIMARY KEY (change_id)
);
INSERT INTO "schema_changes" VALUES(1,53,'2026-11-24 09:00:00.135720');
CREATE TABLE state_attributes (
	attributes_id INTEGER NOT NULL, 
	hash BIGINT, 
	shared_attrs TEXT, 
	PRIMARY KEY (attributes_id)
);
INSERT INTO "state_attributes" VALUES(1,1390754233,'{"latitude":52.37,"longitude":4.89,"radius":100,"passive":false,"persons":[],"device_trackers":[],"editable":true,"icon":"mdi:home","friendly_name":"Home of 0.1.0"}');
INSERT INTO "state_attributes" VALUES(2,4019426036,'{"editable":true,"id":"demo","in_zones":[],"user_id":"06ada79966bd4b6e9221ec3d63aed6b9","friendly_name":"Demo"}');
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
INSERT INTO "state_attributes" VALUES(43,2558783330,'{"until":null,"blocked_by_rules":false,"friendly_name":"alice@example.com Do not disturb"}');
INSERT INTO "state_attributes" VALUES(47,1793252952,'{"threshold":20.0,"balance":12.3456,"currency":"USD","device_class":"problem","friendly_name":"alice@example.com Low balance"}');
INSERT INTO "state_attributes" VALUES(48,1088436613,'{"description":"Session to 0031208005161 for 60s","time":"2026-11-24T08:26:00+01:00","balance_after":12.3456,"unit_of_measurement":"USD","device_class":"monetary","friendly_name":"alice@example.com Last transaction"}');
INSERT INTO "state_attributes" VALUES(49,1204381090,'{"state_class":"total","unit_of_measurement":"USD","device_class":"monetary","friendly_name":"alice@example.com Balance"}');
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
INSERT INTO "state_attributes" VALUES(146,3752201978,'{"event_type":"missed","call_id":"e678469920ce25b8","direction":"incoming","outcome":"missed","party":"carol@example.com","number":null,"name":"Carol","name_source":"caller","started":"2026-11-24T10:25:00+01:00","duration":0,"sip_status":487,"price":null,"media":["audio"],"voicemail_possible":false,"friendly_name":"bob@example.com Call"}');
INSERT INTO "state_attributes" VALUES(150,1399192997,'{"call_id":"9a596c7b1cd04178","direction":"incoming","outcome":"missed","party":"anonymous@anonymous.invalid","number":null,"name":null,"name_source":null,"started":"2026-11-24T11:03:00+01:00","duration":0,"sip_status":487,"price":null,"media":[],"device_class":"timestamp","friendly_name":"dave@example.net Last call"}');
INSERT INTO "state_attributes" VALUES(151,4195233974,'{"call_id":"9a596c7b1cd04178","direction":"incoming","outcome":"missed","party":"anonymous@anonymous.invalid","number":null,"name":null,"name_source":null,"started":"2026-11-24T11:03:00+01:00","duration":0,"sip_status":487,"price":null,"media":[],"device_class":"timestamp","friendly_name":"dave@example.net Last missed call"}');
INSERT INTO "state_attributes" VALUES(152,2875673893,'{"event_type":"missed","call_id":"9a596c7b1cd04178","direction":"incoming","outcome":"missed","party":"anonymous@anonymous.invalid","number":null,"name":null,"name_source":null,"started":"2026-11-24T11:03:00+01:00","duration":0,"sip_status":487,"price":null,"media":[],"voicemail_possible":true,"friendly_name":"dave@example.net Call"}');
INSERT INTO "state_attributes" VALUES(153,691962619,'{"call_id":"d20de79d389a9f09","direction":"incoming","outcome":"declined","party":"sales@example.org","number":null,"name":"Sales","name_source":"caller","started":"2026-11-24T11:02:00+01:00","duration":0,"sip_status":603,"price":null,"media":["audio"],"device_class":"timestamp","friendly_name":"alice@example.com Last call"}');
INSERT INTO "state_attributes" VALUES(154,2265314589,'{"call_id":"4bdb8d26842f5648","direction":"incoming","outcome":"missed","party":"00442079460123@example.com","number":"+442079460123","name":"Aunt Mary","name_source":"phone_book","started":"2026-11-24T11:01:00+01:00","duration":0,"sip_status":487,"price":null,"media":["audio"],"device_class":"timestamp","friendly_name":"Who did I miss?"}');
INSERT INTO "state_attributes" VALUES(156,826875486,'{"event_type":"declined","call_id":"d20de79d389a9f09","direction":"incoming","outcome":"declined","party":"sales@example.org","number":null,"name":"Sales","name_source":"caller","started":"2026-11-24T11:02:00+01:00","duration":0,"sip_status":603,"price":null,"media":["audio"],"voicemail_possible":true,"friendly_name":"alice@example.com Call"}');
INSERT INTO "state_attributes" VALUES(157,3232320887,'{"destination":"0031208005161@example.com","since":"2026-11-24T05:58:55-05:00","may_last_until":"2026-11-24T06:28:55-05:00","friendly_name":"carol@example.com Call in progress"}');
INSERT INTO "state_attributes" VALUES(158,104468393,'{"rules":[],"temporary":{"groups":["nobody"],"until":"2026-11-24T06:30:00-05:00"},"unit_of_measurement":"rules","friendly_name":"carol@example.com Accept rules"}');
INSERT INTO "state_attributes" VALUES(159,91092359,'{"until":"2026-11-24T06:30:00-05:00","blocked_by_rules":false,"friendly_name":"carol@example.com Do not disturb"}');
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
INSERT INTO "states" VALUES(221,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795510800.883383,NULL,123,NULL,NULL,NULL,0,X'01A20CC891F3ACFBBFBF6CF97602E798',NULL,NULL,18);
INSERT INTO "states" VALUES(396,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.111589,NULL,1,NULL,NULL,NULL,0,X'01A20D366BEFDAEC44F8D028C142EECC',NULL,NULL,1);
INSERT INTO "states" VALUES(399,NULL,'off',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2265601,NULL,55,NULL,NULL,NULL,0,X'01A20D366C62C55786E6F28C619AA9B8',NULL,NULL,25);
INSERT INTO "states" VALUES(400,NULL,'on',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2269039,NULL,3,NULL,NULL,NULL,0,X'01A20D366C628EE1C77A382698E65545',NULL,NULL,3);
INSERT INTO "states" VALUES(401,NULL,'on',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2270811,NULL,47,NULL,NULL,NULL,0,X'01A20D366C638A7E6572F301DC63A7F9',NULL,NULL,24);
INSERT INTO "states" VALUES(402,NULL,'off',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2272971,NULL,76,NULL,NULL,NULL,0,X'01A20D366C6306BD599B73B02439AD57',NULL,NULL,46);
INSERT INTO "states" VALUES(403,NULL,'on',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2276151,NULL,101,NULL,NULL,NULL,0,X'01A20D366C63E8F013BBE4BADB823F63',NULL,NULL,71);
INSERT INTO "states" VALUES(404,NULL,'off',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.227695,NULL,102,NULL,NULL,NULL,0,X'01A20D366C6366BBC42A0236A009AF76',NULL,NULL,72);
INSERT INTO "states" VALUES(405,NULL,'off',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2277601,NULL,103,NULL,NULL,NULL,0,X'01A20D366C634FDA596546638D7E6C6C',NULL,NULL,73);
INSERT INTO "states" VALUES(406,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2300899,NULL,4,NULL,NULL,NULL,0,X'01A20D366C66489D49D2609EBBF79078',NULL,NULL,4);
INSERT INTO "states" VALUES(407,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.230289,NULL,78,NULL,NULL,NULL,0,X'01A20D366C66E41DFBB896E95C28E8F9',NULL,NULL,48);
INSERT INTO "states" VALUES(408,NULL,'2026-11-24T10:00:00.621769+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2368519,NULL,104,NULL,NULL,NULL,0,X'01A20D366C6CD5EEE4BA3BE98AA582E5',NULL,NULL,74);
INSERT INTO "states" VALUES(409,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.237056,NULL,56,NULL,NULL,NULL,0,X'01A20D366C6D6E8037DFB048FB0B0268',NULL,NULL,26);
INSERT INTO "states" VALUES(410,NULL,'2026-11-24T10:00:00.617+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.241468,NULL,156,NULL,NULL,NULL,0,X'01A20D366C71C3BE07B7674A573F1CEF',NULL,NULL,5);
INSERT INTO "states" VALUES(411,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.242465,NULL,79,NULL,NULL,NULL,0,X'01A20D366C72995FEAD3B87137E656DF',NULL,NULL,49);
INSERT INTO "states" VALUES(412,NULL,'2026-11-24T10:00:00.610+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.242712,NULL,152,NULL,NULL,NULL,0,X'01A20D366C72CD9BF619416D3C7391E8',NULL,NULL,75);
INSERT INTO "states" VALUES(413,NULL,'2026-11-24T10:00:00.353+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.242924,NULL,146,NULL,NULL,NULL,0,X'01A20D366C72C6912438649A9D9789D5',NULL,NULL,27);
INSERT INTO "states" VALUES(414,NULL,'not_forwarded',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2486379,NULL,6,NULL,NULL,NULL,0,X'01A20D366C789DF8AF748A29FE28D737',NULL,NULL,6);
INSERT INTO "states" VALUES(415,NULL,'bob@example.com',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2488079,NULL,7,NULL,NULL,NULL,0,X'01A20D366C784D06408E1196A01426DB',NULL,NULL,7);
INSERT INTO "states" VALUES(416,NULL,'voicemail',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.24892,NULL,8,NULL,NULL,NULL,0,X'01A20D366C785A1955D4BBD0187240BC',NULL,NULL,8);
INSERT INTO "states" VALUES(417,NULL,'not_forwarded',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2492781,NULL,80,NULL,NULL,NULL,0,X'01A20D366C79CDF63C022E7006A64E19',NULL,NULL,50);
INSERT INTO "states" VALUES(418,NULL,'not_forwarded',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.249378,NULL,81,NULL,NULL,NULL,0,X'01A20D366C79FBC87675456764AF0611',NULL,NULL,51);
INSERT INTO "states" VALUES(419,NULL,'not_forwarded',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.249469,NULL,82,NULL,NULL,NULL,0,X'01A20D366C79A2088AB7732D2EB67EFB',NULL,NULL,52);
INSERT INTO "states" VALUES(420,NULL,'not_forwarded',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.249862,NULL,58,NULL,NULL,NULL,0,X'01A20D366C792B46A5756704A4EE75E4',NULL,NULL,28);
INSERT INTO "states" VALUES(421,NULL,'not_forwarded',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.249958,NULL,59,NULL,NULL,NULL,0,X'01A20D366C79FAC94BFF2BB7C991E3D7',NULL,NULL,29);
INSERT INTO "states" VALUES(422,NULL,'not_forwarded',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2500379,NULL,60,NULL,NULL,NULL,0,X'01A20D366C7AB5CD37992797348A99CB',NULL,NULL,30);
INSERT INTO "states" VALUES(423,NULL,'in_use',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.256351,NULL,9,NULL,NULL,NULL,0,X'01A20D366C803FD79A506D741F630662',NULL,NULL,9);
INSERT INTO "states" VALUES(424,NULL,'conditional',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2565241,NULL,10,NULL,NULL,NULL,0,X'01A20D366C806DCCAB0E585733020926',NULL,NULL,10);
INSERT INTO "states" VALUES(425,NULL,'-0.0425',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.256757,NULL,48,NULL,NULL,NULL,0,X'01A20D366C80162C1E5E979110918986',NULL,NULL,11);
INSERT INTO "states" VALUES(426,NULL,'12.3456',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2568691,NULL,49,NULL,NULL,NULL,0,X'01A20D366C80A97931726D02A6863D44',NULL,NULL,12);
INSERT INTO "states" VALUES(427,NULL,'2026-11-24T10:02:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.257015,NULL,153,NULL,NULL,NULL,0,X'01A20D366C81FC7643A024982158B8FD',NULL,NULL,13);
INSERT INTO "states" VALUES(428,NULL,'2026-11-24T10:01:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2571311,NULL,154,NULL,NULL,NULL,0,X'01A20D366C8170E6A5E7C55CE892B931',NULL,NULL,14);
INSERT INTO "states" VALUES(429,NULL,'not_set_up',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.257663,NULL,83,NULL,NULL,NULL,0,X'01A20D366C813A3D3E7F0BD5B3D36FA2',NULL,NULL,53);
INSERT INTO "states" VALUES(430,NULL,'none_active',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.257829,NULL,84,NULL,NULL,NULL,0,X'01A20D366C816A425030AC8D79F2F29F',NULL,NULL,54);
INSERT INTO "states" VALUES(431,NULL,'1',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.257966,NULL,85,NULL,NULL,NULL,0,X'01A20D366C819807B4D1A4AE3799BD41',NULL,NULL,55);
INSERT INTO "states" VALUES(432,NULL,'0.0000',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.258071,NULL,86,NULL,NULL,NULL,0,X'01A20D366C8297667A8D0DC168855361',NULL,NULL,56);
INSERT INTO "states" VALUES(433,NULL,'7.5000',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.258173,NULL,87,NULL,NULL,NULL,0,X'01A20D366C82407177B738E481199D35',NULL,NULL,57);
INSERT INTO "states" VALUES(434,NULL,'7.5000',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2582591,NULL,88,NULL,NULL,NULL,0,X'01A20D366C8285105071032FF47139BA',NULL,NULL,58);
INSERT INTO "states" VALUES(435,NULL,'2026-11-24T08:58:55+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2583721,NULL,89,NULL,NULL,NULL,0,X'01A20D366C82DCCA390FDDEA5640A1D6',NULL,NULL,59);
INSERT INTO "states" VALUES(436,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2584651,NULL,90,NULL,NULL,NULL,0,X'01A20D366C8216C0AFA3D246AFE25685',NULL,NULL,60);
INSERT INTO "states" VALUES(437,NULL,'in_use',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2586851,NULL,106,NULL,NULL,NULL,0,X'01A20D366C822C0333E6D09B19121098',NULL,NULL,76);
INSERT INTO "states" VALUES(438,NULL,'conditional',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.25879,NULL,107,NULL,NULL,NULL,0,X'01A20D366C8223E7762B89CF3744F528',NULL,NULL,77);
INSERT INTO "states" VALUES(439,NULL,'8',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2588821,NULL,108,NULL,NULL,NULL,0,X'01A20D366C82F0059E297D181CD8EF59',NULL,NULL,78);
INSERT INTO "states" VALUES(440,NULL,'3.0766',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.258975,NULL,109,NULL,NULL,NULL,0,X'01A20D366C8269BE7146CF1A00E9CE9F',NULL,NULL,79);
INSERT INTO "states" VALUES(441,NULL,'-0.0425',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2591281,NULL,110,NULL,NULL,NULL,0,X'01A20D366C83C5EE0D6C8CBF0A0DAA21',NULL,NULL,80);
INSERT INTO "states" VALUES(442,NULL,'12.3456',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2592161,NULL,111,NULL,NULL,NULL,0,X'01A20D366C83A06646961156DC35237F',NULL,NULL,81);
INSERT INTO "states" VALUES(443,NULL,'2026-11-24T10:03:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.25932,NULL,150,NULL,NULL,NULL,0,X'01A20D366C839593006A3A2701BFE20D',NULL,NULL,82);
INSERT INTO "states" VALUES(444,NULL,'2026-11-24T10:03:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2594161,NULL,151,NULL,NULL,NULL,0,X'01A20D366C8351FD5EE0DD854B92BE97',NULL,NULL,83);
INSERT INTO "states" VALUES(445,NULL,'not_set_up',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.259604,NULL,61,NULL,NULL,NULL,0,X'01A20D366C831BE85971AD27061CF611',NULL,NULL,31);
INSERT INTO "states" VALUES(446,NULL,'none_active',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2596979,NULL,62,NULL,NULL,NULL,0,X'01A20D366C83345C4DAB4761D3F2494B',NULL,NULL,32);
INSERT INTO "states" VALUES(447,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2597821,NULL,63,NULL,NULL,NULL,0,X'01A20D366C83D71630C2701122E64242',NULL,NULL,33);
INSERT INTO "states" VALUES(448,NULL,'2026-11-24T09:25:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2598751,NULL,138,NULL,NULL,NULL,0,X'01A20D366C833926DAE96FA128EFAFB7',NULL,NULL,34);
INSERT INTO "states" VALUES(449,NULL,'2026-11-24T09:25:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2599721,NULL,139,NULL,NULL,NULL,0,X'01A20D366C83567C94CA3312C1354B16',NULL,NULL,35);
INSERT INTO "states" VALUES(450,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.260133,NULL,15,NULL,NULL,NULL,0,X'01A20D366C84575C19400E7278498CFE',NULL,NULL,15);
INSERT INTO "states" VALUES(451,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.260216,NULL,16,NULL,NULL,NULL,0,X'01A20D366C840429530B41EFE550109E',NULL,NULL,16);
INSERT INTO "states" VALUES(452,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2603149,NULL,17,NULL,NULL,NULL,0,X'01A20D366C8449DF2F823D6551F3B65B',NULL,NULL,17);
INSERT INTO "states" VALUES(453,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2604611,NULL,19,NULL,NULL,NULL,0,X'01A20D366C84B88EDB34D1A986E6CCA7',NULL,NULL,19);
INSERT INTO "states" VALUES(454,NULL,'25',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.260567,NULL,20,NULL,NULL,NULL,0,X'01A20D366C84B67C3BA519E768EF2EDB',NULL,NULL,20);
INSERT INTO "states" VALUES(455,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2606969,NULL,91,NULL,NULL,NULL,0,X'01A20D366C846D87B29F22F239AA8EF0',NULL,NULL,61);
INSERT INTO "states" VALUES(456,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2607729,NULL,92,NULL,NULL,NULL,0,X'01A20D366C84800FC20DDA2944AA5E7D',NULL,NULL,62);
INSERT INTO "states" VALUES(457,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2609451,NULL,94,NULL,NULL,NULL,0,X'01A20D366C84A38CCF81090CA6CB1877',NULL,NULL,64);
INSERT INTO "states" VALUES(458,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.26102,NULL,95,NULL,NULL,NULL,0,X'01A20D366C85DCF3E5A9536E14EB1FC0',NULL,NULL,65);
INSERT INTO "states" VALUES(459,NULL,'35',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2611101,NULL,96,NULL,NULL,NULL,0,X'01A20D366C854682AF7810D61FC7333E',NULL,NULL,66);
INSERT INTO "states" VALUES(460,NULL,'1',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.261236,NULL,114,NULL,NULL,NULL,0,X'01A20D366C85AC12DB490111A9FD3394',NULL,NULL,84);
INSERT INTO "states" VALUES(461,NULL,'1',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2613101,NULL,115,NULL,NULL,NULL,0,X'01A20D366C850720216236426C12A493',NULL,NULL,85);
INSERT INTO "states" VALUES(462,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.26139,NULL,116,NULL,NULL,NULL,0,X'01A20D366C859274323F6E5C66D438EB',NULL,NULL,86);
INSERT INTO "states" VALUES(463,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.261467,NULL,117,NULL,NULL,NULL,0,X'01A20D366C855A79B47EB825AFE1E30C',NULL,NULL,87);
INSERT INTO "states" VALUES(464,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.261555,NULL,118,NULL,NULL,NULL,0,X'01A20D366C85808B5ACEAF27451066CD',NULL,NULL,88);
INSERT INTO "states" VALUES(465,NULL,'50',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2616379,NULL,119,NULL,NULL,NULL,0,X'01A20D366C8570257150BC6A2A27833C',NULL,NULL,89);
INSERT INTO "states" VALUES(466,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2617531,NULL,66,NULL,NULL,NULL,0,X'01A20D366C85883667115DA5E9802524',NULL,NULL,36);
INSERT INTO "states" VALUES(467,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2650831,NULL,67,NULL,NULL,NULL,0,X'01A20D366C897AB8116B81996765B7B2',NULL,NULL,37);
INSERT INTO "states" VALUES(468,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.265178,NULL,68,NULL,NULL,NULL,0,X'01A20D366C89F05332BCC926F663CFE9',NULL,NULL,38);
INSERT INTO "states" VALUES(469,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.265276,NULL,69,NULL,NULL,NULL,0,X'01A20D366C895BB3B0239B01E4DEFD58',NULL,NULL,39);
INSERT INTO "states" VALUES(470,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2656059,NULL,70,NULL,NULL,NULL,0,X'01A20D366C891E94348C63158FFEB4CF',NULL,NULL,40);
INSERT INTO "states" VALUES(471,NULL,'35',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2657039,NULL,71,NULL,NULL,NULL,0,X'01A20D366C89983754B69FB01FD27E8A',NULL,NULL,41);
INSERT INTO "states" VALUES(472,NULL,'2',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.265934,NULL,21,NULL,NULL,NULL,0,X'01A20D366C89585B3E406D568AD484F1',NULL,NULL,21);
INSERT INTO "states" VALUES(473,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2660749,NULL,97,NULL,NULL,NULL,0,X'01A20D366C8AFF0DF1998FB8935F15D9',NULL,NULL,67);
INSERT INTO "states" VALUES(474,NULL,'2099-12-31T00:00:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.266237,NULL,98,NULL,NULL,NULL,0,X'01A20D366C8A670A7F1B5C910BA23955',NULL,NULL,68);
INSERT INTO "states" VALUES(475,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2663641,NULL,120,NULL,NULL,NULL,0,X'01A20D366C8A402E66FE938F1399A7F7',NULL,NULL,90);
INSERT INTO "states" VALUES(476,NULL,'2036-11-20T09:00:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2664721,NULL,121,NULL,NULL,NULL,0,X'01A20D366C8A429239249E19FE621289',NULL,NULL,91);
INSERT INTO "states" VALUES(477,NULL,'1',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2665811,NULL,72,NULL,NULL,NULL,0,X'01A20D366C8AF8814E2225EAA54D221F',NULL,NULL,42);
INSERT INTO "states" VALUES(478,NULL,'2036-11-20T09:00:00+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2666781,NULL,73,NULL,NULL,NULL,0,X'01A20D366C8A20E2007A8449BC281E16',NULL,NULL,43);
INSERT INTO "states" VALUES(479,NULL,'off',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2701261,NULL,43,NULL,NULL,NULL,0,X'01A20D366C8E0E5415977D19052B51A7',NULL,NULL,22);
INSERT INTO "states" VALUES(480,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2702961,NULL,23,NULL,NULL,NULL,0,X'01A20D366C8EB4045CC393B1E97A4F1E',NULL,NULL,23);
INSERT INTO "states" VALUES(481,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2707231,NULL,100,NULL,NULL,NULL,0,X'01A20D366C8EC4AA1C575F8DA93B8BC8',NULL,NULL,70);
INSERT INTO "states" VALUES(482,NULL,'off',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2709429,NULL,74,NULL,NULL,NULL,0,X'01A20D366C8E8A3F4F622F621030A176',NULL,NULL,44);
INSERT INTO "states" VALUES(483,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2710431,NULL,75,NULL,NULL,NULL,0,X'01A20D366C8F8B7845BED519B09B4DB1',NULL,NULL,45);
INSERT INTO "states" VALUES(484,NULL,'on',NULL,NULL,NULL,NULL,1795518000.334187,NULL,1795518000.331178,NULL,125,NULL,NULL,NULL,0,X'01A20D366CCB0981A3446B081D9F0930',NULL,NULL,93);
INSERT INTO "states" VALUES(485,NULL,'on',NULL,NULL,NULL,NULL,1795518000.334295,NULL,1795518000.3313229,NULL,126,NULL,NULL,NULL,0,X'01A20D366CCB18A0B219A32A5E1F390A',NULL,NULL,94);
INSERT INTO "states" VALUES(486,NULL,'on',NULL,NULL,NULL,NULL,1795518000.3343599,NULL,1795518000.3313921,NULL,127,NULL,NULL,NULL,0,X'01A20D366CCB95B47EC84B45DF60A41C',NULL,NULL,95);
INSERT INTO "states" VALUES(487,NULL,'on',NULL,NULL,NULL,NULL,1795518000.334542,NULL,1795518000.331445,NULL,128,NULL,NULL,NULL,0,X'01A20D366CCBD59D59A21210F6FD0A28',NULL,NULL,96);
INSERT INTO "states" VALUES(488,NULL,'on',NULL,NULL,NULL,NULL,1795518000.3346391,NULL,1795518000.3314979,NULL,129,NULL,NULL,NULL,0,X'01A20D366CCB09B404C1B09303B913DE',NULL,NULL,97);
INSERT INTO "states" VALUES(489,NULL,'on',NULL,NULL,NULL,NULL,1795518000.3346951,NULL,1795518000.3315489,NULL,130,NULL,NULL,NULL,0,X'01A20D366CCB194E1C3F444493EE249F',NULL,NULL,98);
INSERT INTO "states" VALUES(490,NULL,'on',NULL,NULL,NULL,NULL,1795518000.334832,NULL,1795518000.3315959,NULL,131,NULL,NULL,NULL,0,X'01A20D366CCBAAF1B1F250824AB257A2',NULL,NULL,99);
INSERT INTO "states" VALUES(491,NULL,'on',NULL,NULL,NULL,NULL,1795518000.335232,NULL,1795518000.3316469,NULL,132,NULL,NULL,NULL,0,X'01A20D366CCB887FC0A4D739D35C4D83',NULL,NULL,100);
INSERT INTO "states" VALUES(494,NULL,'on',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2274239,NULL,157,NULL,NULL,NULL,0,X'01A20D366C63FA2BC247AA9B9458AEC6',NULL,NULL,47);
INSERT INTO "states" VALUES(495,NULL,'0',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.260869,NULL,158,NULL,NULL,NULL,0,X'01A20D366C842F303C3272F6C0E786B1',NULL,NULL,63);
INSERT INTO "states" VALUES(496,NULL,'on',NULL,NULL,NULL,NULL,NULL,NULL,1795518000.2706029,NULL,159,NULL,NULL,NULL,0,X'01A20D366C8EFD9D098F12751675500B',NULL,NULL,69);
INSERT INTO "states" VALUES(497,NULL,'unknown',NULL,NULL,NULL,1795518000.1162219,NULL,NULL,1795518000.3328061,NULL,2,NULL,NULL,NULL,0,X'01A20D366CCC5EB2FE95DF281200FDA8',NULL,NULL,2);
INSERT INTO "states" VALUES(498,NULL,'unknown',NULL,NULL,NULL,1795518000.116389,NULL,NULL,1795518000.3328509,NULL,124,NULL,NULL,NULL,0,X'01A20D366CCCA10EA41255C023AC47ED',NULL,NULL,92);
INSERT INTO "states" VALUES(501,NULL,'on',NULL,NULL,NULL,1795518000.331696,NULL,NULL,1795518000.342875,NULL,133,NULL,NULL,NULL,0,X'01A20D366CD51202640450E0A86E2F68',NULL,NULL,101);
INSERT INTO "states" VALUES(502,NULL,'on',NULL,NULL,NULL,1795518000.331743,1795518000.5612061,NULL,1795518000.5611241,NULL,134,NULL,NULL,NULL,0,X'01A20D366CD697107FA14B60F52E9735',NULL,NULL,102);
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
INSERT INTO "statistics" VALUES(1,NULL,1795514400.470794,1,NULL,1795510800.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics" VALUES(2,NULL,1795514400.470794,2,NULL,1795510800.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics" VALUES(3,NULL,1795514400.470794,3,NULL,1795510800.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics" VALUES(4,NULL,1795514400.470794,4,NULL,1795510800.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics" VALUES(5,NULL,1795514400.470794,5,NULL,1795510800.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics" VALUES(6,NULL,1795514400.470794,6,NULL,1795510800.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics" VALUES(7,NULL,1795514400.470794,7,NULL,1795510800.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(8,NULL,1795514400.470794,8,NULL,1795510800.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(9,NULL,1795514400.470794,9,NULL,1795510800.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(10,NULL,1795514400.470794,10,NULL,1795510800.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(11,NULL,1795514400.470794,11,NULL,1795510800.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics" VALUES(12,NULL,1795518000.4352341,1,NULL,1795514400.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics" VALUES(13,NULL,1795518000.4352341,2,NULL,1795514400.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics" VALUES(14,NULL,1795518000.4352341,3,NULL,1795514400.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics" VALUES(15,NULL,1795518000.4352341,4,NULL,1795514400.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics" VALUES(16,NULL,1795518000.4352341,5,NULL,1795514400.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics" VALUES(17,NULL,1795518000.4352341,6,NULL,1795514400.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics" VALUES(18,NULL,1795518000.4352341,7,NULL,1795514400.0,0.99990178083333337,NULL,0.0,1.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(19,NULL,1795518000.4352341,8,NULL,1795514400.0,7.7155833333333331e-05,NULL,0.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(20,NULL,1795518000.4352341,9,NULL,1795514400.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(21,NULL,1795518000.4352341,10,NULL,1795514400.0,1.9997294530555554,NULL,0.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics" VALUES(22,NULL,1795518000.4352341,11,NULL,1795514400.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
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
INSERT INTO "statistics_meta" VALUES(1,'sensor.dave_example_net_calls_this_month','recorder','calls',NULL,NULL,1,NULL,0);
INSERT INTO "statistics_meta" VALUES(2,'sensor.dave_example_net_cost_this_month','recorder','EUR',NULL,NULL,1,NULL,0);
INSERT INTO "statistics_meta" VALUES(3,'sensor.dave_example_net_balance','recorder','EUR',NULL,NULL,1,NULL,0);
INSERT INTO "statistics_meta" VALUES(4,'sensor.carol_example_com_calls_this_month','recorder','calls',NULL,NULL,1,NULL,0);
INSERT INTO "statistics_meta" VALUES(5,'sensor.carol_example_com_cost_this_month','recorder','EUR',NULL,NULL,1,NULL,0);
INSERT INTO "statistics_meta" VALUES(6,'sensor.carol_example_com_balance','recorder','EUR',NULL,NULL,1,NULL,0);
INSERT INTO "statistics_meta" VALUES(7,'sensor.bob_example_com_missed_calls','recorder','calls',NULL,NULL,0,NULL,1);
INSERT INTO "statistics_meta" VALUES(8,'sensor.dave_example_net_missed_calls','recorder','calls',NULL,NULL,0,NULL,1);
INSERT INTO "statistics_meta" VALUES(9,'sensor.carol_example_com_missed_calls','recorder','calls',NULL,NULL,0,NULL,1);
INSERT INTO "statistics_meta" VALUES(10,'sensor.alice_example_com_missed_calls','recorder','calls',NULL,NULL,0,NULL,1);
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
INSERT INTO "statistics_short_term" VALUES(187,NULL,1795518000.4076059,11,NULL,1795515900.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(188,NULL,1795518000.4076059,4,NULL,1795515900.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics_short_term" VALUES(189,NULL,1795518000.4076059,5,NULL,1795515900.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics_short_term" VALUES(190,NULL,1795518000.4076059,6,NULL,1795515900.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics_short_term" VALUES(191,NULL,1795518000.4076059,1,NULL,1795515900.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics_short_term" VALUES(192,NULL,1795518000.4076059,2,NULL,1795515900.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics_short_term" VALUES(193,NULL,1795518000.4076059,3,NULL,1795515900.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(194,NULL,1795518000.4076059,10,NULL,1795515900.0,2.0,NULL,2.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(195,NULL,1795518000.4076059,9,NULL,1795515900.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(196,NULL,1795518000.4076059,8,NULL,1795515900.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(197,NULL,1795518000.4076059,7,NULL,1795515900.0,1.0,NULL,1.0,1.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(198,NULL,1795518000.4109759,11,NULL,1795516200.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(199,NULL,1795518000.4109759,4,NULL,1795516200.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics_short_term" VALUES(200,NULL,1795518000.4109759,5,NULL,1795516200.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics_short_term" VALUES(201,NULL,1795518000.4109759,6,NULL,1795516200.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics_short_term" VALUES(202,NULL,1795518000.4109759,1,NULL,1795516200.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics_short_term" VALUES(203,NULL,1795518000.4109759,2,NULL,1795516200.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics_short_term" VALUES(204,NULL,1795518000.4109759,3,NULL,1795516200.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(205,NULL,1795518000.4109759,10,NULL,1795516200.0,2.0,NULL,2.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(206,NULL,1795518000.4109759,9,NULL,1795516200.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(207,NULL,1795518000.4109759,8,NULL,1795516200.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(208,NULL,1795518000.4109759,7,NULL,1795516200.0,1.0,NULL,1.0,1.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(209,NULL,1795518000.414773,11,NULL,1795516500.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(210,NULL,1795518000.414773,4,NULL,1795516500.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics_short_term" VALUES(211,NULL,1795518000.414773,5,NULL,1795516500.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics_short_term" VALUES(212,NULL,1795518000.414773,6,NULL,1795516500.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics_short_term" VALUES(213,NULL,1795518000.414773,1,NULL,1795516500.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics_short_term" VALUES(214,NULL,1795518000.414773,2,NULL,1795516500.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics_short_term" VALUES(215,NULL,1795518000.414773,3,NULL,1795516500.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(216,NULL,1795518000.414773,10,NULL,1795516500.0,2.0,NULL,2.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(217,NULL,1795518000.414773,9,NULL,1795516500.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(218,NULL,1795518000.414773,8,NULL,1795516500.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(219,NULL,1795518000.414773,7,NULL,1795516500.0,1.0,NULL,1.0,1.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(220,NULL,1795518000.4181271,11,NULL,1795516800.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(221,NULL,1795518000.4181271,4,NULL,1795516800.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics_short_term" VALUES(222,NULL,1795518000.4181271,5,NULL,1795516800.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics_short_term" VALUES(223,NULL,1795518000.4181271,6,NULL,1795516800.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics_short_term" VALUES(224,NULL,1795518000.4181271,1,NULL,1795516800.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics_short_term" VALUES(225,NULL,1795518000.4181271,2,NULL,1795516800.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics_short_term" VALUES(226,NULL,1795518000.4181271,3,NULL,1795516800.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(227,NULL,1795518000.4181271,10,NULL,1795516800.0,2.0,NULL,2.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(228,NULL,1795518000.4181271,9,NULL,1795516800.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(229,NULL,1795518000.4181271,8,NULL,1795516800.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(230,NULL,1795518000.4181271,7,NULL,1795516800.0,1.0,NULL,1.0,1.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(231,NULL,1795518000.4217751,11,NULL,1795517100.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(232,NULL,1795518000.4217751,4,NULL,1795517100.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics_short_term" VALUES(233,NULL,1795518000.4217751,5,NULL,1795517100.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics_short_term" VALUES(234,NULL,1795518000.4217751,6,NULL,1795517100.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics_short_term" VALUES(235,NULL,1795518000.4217751,1,NULL,1795517100.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics_short_term" VALUES(236,NULL,1795518000.4217751,2,NULL,1795517100.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics_short_term" VALUES(237,NULL,1795518000.4217751,3,NULL,1795517100.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(238,NULL,1795518000.4217751,10,NULL,1795517100.0,2.0,NULL,2.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(239,NULL,1795518000.4217751,9,NULL,1795517100.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(240,NULL,1795518000.4217751,8,NULL,1795517100.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(241,NULL,1795518000.4217751,7,NULL,1795517100.0,1.0,NULL,1.0,1.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(242,NULL,1795518000.425066,11,NULL,1795517400.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(243,NULL,1795518000.425066,4,NULL,1795517400.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics_short_term" VALUES(244,NULL,1795518000.425066,5,NULL,1795517400.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics_short_term" VALUES(245,NULL,1795518000.425066,6,NULL,1795517400.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics_short_term" VALUES(246,NULL,1795518000.425066,1,NULL,1795517400.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics_short_term" VALUES(247,NULL,1795518000.425066,2,NULL,1795517400.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics_short_term" VALUES(248,NULL,1795518000.425066,3,NULL,1795517400.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(249,NULL,1795518000.425066,10,NULL,1795517400.0,2.0,NULL,2.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(250,NULL,1795518000.425066,9,NULL,1795517400.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(251,NULL,1795518000.425066,8,NULL,1795517400.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(252,NULL,1795518000.425066,7,NULL,1795517400.0,1.0,NULL,1.0,1.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(253,NULL,1795518000.4301961,11,NULL,1795517700.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(254,NULL,1795518000.4301961,4,NULL,1795517700.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,1.0,0.0);
INSERT INTO "statistics_short_term" VALUES(255,NULL,1795518000.4301961,5,NULL,1795517700.0,NULL,NULL,NULL,NULL,NULL,1793505600.0,0.0,0.0);
INSERT INTO "statistics_short_term" VALUES(256,NULL,1795518000.4301961,6,NULL,1795517700.0,NULL,NULL,NULL,NULL,NULL,NULL,7.5,0.0);
INSERT INTO "statistics_short_term" VALUES(257,NULL,1795518000.4301961,1,NULL,1795517700.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,8.0,0.0);
INSERT INTO "statistics_short_term" VALUES(258,NULL,1795518000.4301961,2,NULL,1795517700.0,NULL,NULL,NULL,NULL,NULL,1793487600.0,3.0766,0.0);
INSERT INTO "statistics_short_term" VALUES(259,NULL,1795518000.4301961,3,NULL,1795517700.0,NULL,NULL,NULL,NULL,NULL,NULL,12.3456,0.0);
INSERT INTO "statistics_short_term" VALUES(260,NULL,1795518000.4301961,10,NULL,1795517700.0,2.0,NULL,2.0,2.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(261,NULL,1795518000.4301961,9,NULL,1795517700.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(262,NULL,1795518000.4301961,8,NULL,1795517700.0,0.0,NULL,0.0,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "statistics_short_term" VALUES(263,NULL,1795518000.4301961,7,NULL,1795517700.0,1.0,NULL,1.0,1.0,NULL,NULL,NULL,NULL);
CREATE INDEX ix_event_data_hash ON event_data (hash);
CREATE UNIQUE INDEX ix_event_types_event_type ON event_types (event_type);
CREATE INDEX ix_state_attributes_hash ON state_attributes (hash);
CREATE UNIQUE INDEX ix_states_meta_entity_id ON states_meta (entity_id);
CREATE UNIQUE INDEX ix_statistics_meta_statistic_id ON statistics_meta (statistic_id);
CREATE INDEX ix_recorder_runs_start_end ON recorder_runs (start, "end");
CREATE INDEX ix_statistics_runs_start ON statistics_runs (start);
CREATE INDEX ix_events_time_fired_ts ON events (time_fired_ts);
CREATE INDEX ix_events_event_type_id_time_fired_ts ON events (event_type_id, time_fired_ts);
CREATE INDEX ix_events_context_id_bin ON events (context_id_bin);
CREATE INDEX ix_events_data_id ON events (data_id);
CREATE INDEX ix_states_last_updated_ts ON states (last_updated_ts);
CREATE INDEX ix_states_old_state_id ON states (old_state_id);
CREATE INDEX ix_states_metadata_id_last_updated_ts ON states (metadata_id, last_updated_ts);
CREATE INDEX ix_states_context_id_bin ON states (context_id_bin);
CREATE INDEX ix_states_attributes_id ON states (attributes_id);
CREATE UNIQUE INDEX ix_statistics_statistic_id_start_ts ON statistics (metadata_id, start_ts);
CREATE INDEX ix_statistics_start_ts ON statistics (start_ts);
CREATE UNIQUE INDEX ix_statistics_short_term_statistic_id_start_ts ON statistics_short_term (metadata_id, start_ts);
CREATE INDEX ix_statistics_short_term_start_ts ON statistics_short_term (start_ts);
COMMIT;
