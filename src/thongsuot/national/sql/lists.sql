-- How many codes ended in which verdict; every code on which the lists do not agree has a row of its
-- own, so that one reading of the lists gives both. For the others code is '' and transition 0.
SELECT
  province,
  kind,
  verdict,
  CASE WHEN verdict IN ('matched', 'divided', 'not-due') THEN 0 ELSE transition END AS transition,
  CASE WHEN verdict IN ('matched', 'divided', 'not-due') THEN '' ELSE code END AS code,
  COUNT(*) AS codes,
  CAST(SUM(expected) AS BIGINT) AS expected,
  CAST(SUM(received) AS BIGINT) AS received,
  CAST(SUM(claims) AS BIGINT) AS claims
FROM verdicts
GROUP BY
  province,
  kind,
  verdict,
  CASE WHEN verdict IN ('matched', 'divided', 'not-due') THEN 0 ELSE transition END,
  CASE WHEN verdict IN ('matched', 'divided', 'not-due') THEN '' ELSE code END
