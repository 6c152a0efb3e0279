-- How many codes ended in which verdict.
SELECT province, kind, verdict, COUNT(*) AS codes
FROM verdicts
GROUP BY province, kind, verdict
