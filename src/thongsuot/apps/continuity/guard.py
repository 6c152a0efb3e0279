"""What the database itself refuses in this room, on both engines, whoever asks."""

# Tables that are only ever added to, with their unique columns.
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "continuity_copyproof": ("id", "copy_id+number"),
    "continuity_copycheck": ("id", "copy_id+number"),
    "continuity_drill": ("id",),
}
