-- Every code on which the lists do not agree.
SELECT province, transition, kind, code, verdict, expected, received, claims
FROM verdicts
WHERE verdict NOT IN ('matched', 'divided', 'not-due')
ORDER BY province, transition, kind, code
