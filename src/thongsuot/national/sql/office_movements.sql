-- The movements of an office as the portable relation.
SELECT
  '{province}' AS province,
  item_id AS item,
  kind,
  src,
  dst,
  quantity
FROM handover_movement
