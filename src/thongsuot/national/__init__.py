"""Beyond one machine: the counts of an office as portable SQL, exports, and the nation's check."""
