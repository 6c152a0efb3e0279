"""Looking at where offices are and when they are open, on a day."""

from collections.abc import Iterable
from datetime import date

from thongsuot.apps.disclosure.models import Contact
from thongsuot.apps.disclosure.values import ContactCard


def contacts_of(bodies: Iterable[int], on: date) -> dict[int, ContactCard]:
    """What each of the bodies has told of itself, as it holds on the day. One query."""
    rows = Contact.objects.filter(body__in=set(bodies), since__lte=on).order_by("since", "id")
    latest = {row.body_id: row for row in rows}
    return {body: card_of(row) for body, row in latest.items() if not row.withdrawn}


def card_of(row: Contact) -> ContactCard:
    """A kept line as a page shows it."""
    return ContactCard(
        row.body_id, row.address, row.phone, row.hours, row.equipment, row.source,
        row.checked_on, row.since,
    )  # fmt: skip


def history_of(body: int) -> tuple[Contact, ...]:
    """Everything that was told of a body, the newest first."""
    return tuple(Contact.objects.filter(body=body).order_by("-id")[:50])
