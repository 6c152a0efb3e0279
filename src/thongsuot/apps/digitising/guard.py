"""What the database itself refuses about fonds, on both engines, whoever asks."""

# Tables that are only ever added to, with their unique columns.
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "digitising_stageline": ("id",),
    "digitising_scan": ("id", "record_id+turn+file_id"),
    "digitising_fixitycheck": ("id",),
}
