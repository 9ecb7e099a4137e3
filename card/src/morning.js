/** The morning until which a night lasts. */

const MORNING = "07:00:00";
// Before this hour, tomorrow morning is the one that comes, whatever the date says.
const NIGHT_ENDS = 5;

/**
 * Return the next morning, as the home's clock shows it.
 *
 * @param {Date} now
 * @param {string} homeZone `hass.config.time_zone`
 * @returns {string} such as `2026-11-25 07:00:00`
 */
export function nextMorning(now, homeZone) {
  // Swedish writes dates as ISO 8601 does.
  const there = new Intl.DateTimeFormat("sv", {
    timeZone: homeZone,
    dateStyle: "short",
    timeStyle: "short",
  }).format(now);
  const [date, time] = there.split(" ");
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.parseInt(time, 10) >= NIGHT_ENDS) day.setUTCDate(day.getUTCDate() + 1);
  return `${day.toISOString().slice(0, 10)} ${MORNING}`;
}
