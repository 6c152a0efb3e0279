-- What each receiver signed for, item by item: counts on signed minutes, corrections as differences.
SELECT
  '{province}' AS province,
  m.transition_id AS transition,
  m.receiver_id AS receiver,
  i.kind AS kind,
  i.code AS code,
  CAST(SUM(CASE WHEN m.corrects_id IS NULL THEN l.receiver_count ELSE l.receiver_count - l.quantity END) AS BIGINT) AS quantity,
  i.measure AS measure
FROM handover_minutesline l
JOIN handover_minutes m ON m.id = l.minutes_id
JOIN handover_item i ON i.id = l.item_id
WHERE m.state = 'signed' AND NOT l.refused
GROUP BY m.transition_id, m.receiver_id, l.item_id, i.kind, i.code, i.measure
