-- The giver's list against the receivers' lists, by code as written. Stands before
-- lists.sql. ``expected`` is what signed minutes brought to receivers, net of corrections.
WITH signed AS (
  SELECT
    province,
    item,
    CAST(SUM(CASE WHEN dst = 'accepted' THEN quantity ELSE -quantity END) AS BIGINT) AS expected
  FROM movements
  WHERE kind IN ('received', 'over', 'corrected') AND (dst = 'accepted' OR src = 'accepted')
  GROUP BY province, item
),
lines AS (
  SELECT
    i.province, i.transition, i.kind, i.code, i.measure,
    1 AS listed,
    0 AS claims,
    COALESCE(s.expected, 0) AS expected,
    0 AS received
  FROM inventory i
  LEFT JOIN signed s ON i.province = s.province AND i.item = s.item
  WHERE i.quantity <> 0
  UNION ALL
  SELECT
    province, transition, kind, code, measure,
    0 AS listed,
    1 AS claims,
    0 AS expected,
    quantity AS received
  FROM receipts
),
compared AS (
  SELECT
    province, transition, kind, code,
    CAST(SUM(listed) AS BIGINT) AS listed,
    CAST(SUM(claims) AS BIGINT) AS claims,
    CAST(SUM(expected) AS BIGINT) AS expected,
    CAST(SUM(received) AS BIGINT) AS received,
    MIN(received) AS least,
    MIN(CASE WHEN measure = '' THEN NULL ELSE measure END) AS one_measure,
    MAX(CASE WHEN measure = '' THEN NULL ELSE measure END) AS another
  FROM lines
  GROUP BY province, transition, kind, code
),
verdicts AS (
  SELECT
    province, transition, kind, code, expected, received, claims,
    CASE
      -- One receiver may sign for less than nothing: a correction of what a decision had given. Two may not.
      WHEN least < 0 AND (claims > 1 OR received <> expected) THEN 'below-zero'
      WHEN listed = 0 THEN 'unknown'
      WHEN listed > 1 THEN 'listed-twice'
      WHEN claims = 0 AND expected = 0 THEN 'not-due'
      WHEN claims = 0 THEN 'missing'
      WHEN one_measure <> another THEN 'unit-differs'
      WHEN received < expected THEN 'short'
      WHEN received > expected AND claims = 1 THEN 'over'
      WHEN received > expected THEN 'twice'
      WHEN claims > 1 THEN 'divided'
      ELSE 'matched'
    END AS verdict
  FROM compared
)
