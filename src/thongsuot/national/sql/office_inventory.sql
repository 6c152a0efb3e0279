-- The items of an office as the portable relation. {province} is its official code.
SELECT
  '{province}' AS province,
  id AS item,
  transition_id AS transition,
  giver_id AS giver,
  kind,
  code,
  COALESCE(receiver_id, 0) AS receiver,
  opened AS quantity,
  measure,
  COALESCE(value, 0) AS value
FROM handover_item
