"""What the database itself refuses about guarded places, on both engines, whoever asks."""

# Tables that are only ever added to, with their unique columns.
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "guarding_scan": ("id",),
    "guarding_taking": ("id", "place_id+at"),
    "guarding_alarm": ("id", "place_id+about+due+rung"),
    "guarding_absence": ("id",),
}
