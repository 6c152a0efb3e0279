-- Where every part of every item is, from the movements alone, and what its list says of it.
-- Stands before statement.sql and balance.sql, unchanged on SQLite, PostgreSQL, DuckDB and Spark.
WITH placed AS (
  SELECT
    province,
    item,
    COUNT(*) AS moves,
    SUM(CASE
      WHEN quantity <= 0 OR src = dst THEN 1
      -- What reaches a receiver comes by minutes or by the settling of a dispute, or it hides a loss.
      WHEN dst = 'accepted' AND kind NOT IN ('received', 'over', 'corrected', 'settled') THEN 1
      WHEN src = 'accepted' AND kind NOT IN ('disputed', 'corrected') THEN 1
      ELSE 0
    END) AS wrong,
    CAST(SUM(CASE WHEN dst = 'held' THEN quantity WHEN src = 'held' THEN -quantity ELSE 0 END) AS BIGINT) AS held,
    CAST(SUM(CASE WHEN dst = 'transit' THEN quantity WHEN src = 'transit' THEN -quantity ELSE 0 END) AS BIGINT) AS transit,
    CAST(SUM(CASE WHEN dst = 'accepted' THEN quantity WHEN src = 'accepted' THEN -quantity ELSE 0 END) AS BIGINT) AS accepted,
    CAST(SUM(CASE WHEN dst = 'kept' THEN quantity WHEN src = 'kept' THEN -quantity ELSE 0 END) AS BIGINT) AS kept,
    CAST(SUM(CASE WHEN dst = 'closed' THEN quantity WHEN src = 'closed' THEN -quantity ELSE 0 END) AS BIGINT) AS closed,
    CAST(SUM(CASE WHEN dst = 'destroyed' THEN quantity WHEN src = 'destroyed' THEN -quantity ELSE 0 END) AS BIGINT) AS destroyed,
    CAST(SUM(CASE WHEN dst = 'disputed' THEN quantity WHEN src = 'disputed' THEN -quantity ELSE 0 END) AS BIGINT) AS disputed,
    CAST(SUM(CASE WHEN dst = 'missing' THEN quantity WHEN src = 'missing' THEN -quantity ELSE 0 END) AS BIGINT) AS missing
  FROM movements
  GROUP BY province, item
),
ledger AS (
  SELECT
    COALESCE(i.province, p.province) AS province,
    COALESCE(i.transition, 0) AS transition,
    COALESCE(i.giver, 0) AS giver,
    COALESCE(i.kind, '') AS kind,
    COALESCE(i.receiver, 0) AS receiver,
    COALESCE(i.measure, '') AS measure,
    COALESCE(i.quantity, 0) AS quantity,
    COALESCE(i.value, 0) AS value,
    CASE WHEN i.item IS NULL THEN 1 ELSE 0 END AS stray,
    COALESCE(p.moves, 0) AS moves,
    COALESCE(p.wrong, 0) AS wrong,
    COALESCE(p.held, 0) AS held,
    COALESCE(p.transit, 0) AS transit,
    COALESCE(p.accepted, 0) AS accepted,
    COALESCE(p.kept, 0) AS kept,
    COALESCE(p.closed, 0) AS closed,
    COALESCE(p.destroyed, 0) AS destroyed,
    COALESCE(p.disputed, 0) AS disputed,
    COALESCE(p.missing, 0) AS missing
  FROM placed p
  FULL OUTER JOIN inventory i ON i.province = p.province AND i.item = p.item
),
standing AS (
  SELECT
    province, transition, giver, kind, receiver, measure, quantity, value, stray, moves,
    held, transit, accepted, kept, closed, destroyed, disputed, missing,
    CASE WHEN quantity > 0 THEN 1 ELSE 0 END AS listed,
    CASE
      WHEN wrong > 0 THEN 1
      WHEN held < 0 OR transit < 0 OR accepted < 0 OR kept < 0 THEN 1
      WHEN closed < 0 OR destroyed < 0 OR disputed < 0 OR missing < 0 THEN 1
      WHEN quantity <> held + transit + accepted + kept + closed + destroyed + disputed + missing THEN 1
      ELSE 0
    END AS fault,
    CASE
      WHEN disputed > 0 THEN 'disputed'
      WHEN transit > 0 THEN 'transit'
      WHEN held > 0 THEN 'held'
      WHEN missing > 0 THEN 'missing'
      WHEN accepted > 0 THEN 'accepted'
      WHEN kept > 0 THEN 'kept'
      WHEN closed > 0 THEN 'closed'
      WHEN destroyed > 0 THEN 'destroyed'
      ELSE ''
    END AS state
  FROM ledger
)
