"""Putting a seal on a box and opening it, each before two people."""

from thongsuot.apps.custody import permit
from thongsuot.apps.custody.actions_boxes import seal_on
from thongsuot.apps.custody.models import Seal
from thongsuot.apps.custody.steps import (
    LONGEST_TEXT,
    Result,
    begin,
    chain_of,
    items_within,
    signed_name,
    witness_of,
    worded,
)
from thongsuot.foundation.files.kinds import JPEG, PNG
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.custody import sealing
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref


def _photo(photo_id: int | None) -> StoredFile | None:
    if not photo_id:
        return None
    found = StoredFile.objects.filter(pk=photo_id).first()
    if found is None or found.media not in (JPEG, PNG):
        raise Refused.because("custody.photo-not-picture")
    return found


@action("custody.box-sealed")
def seal_box(  # noqa: PLR0913  # an act names all it needs
    act: Act,
    *,
    container_id: int,
    number: str,
    condition: str,
    witness_id: int,
    photo_id: int | None = None,
    note: str = "",
) -> Result:
    """Put a numbered seal on a box, before a second person (niêm phong).

    From here until it is opened nothing goes in or out, and the database holds that too.

    Raises Refused, all reasons at once: a number used before, a seal on already, an empty box, the
    same person twice, a witness without a post today, something that is no box.
    """
    box = begin(act, container_id)
    permit.allow(act.by, "box.seal", permit.relation(box))
    live = seal_on(box.pk)
    key = sealing.number_key(number)
    inside = items_within(box.pk)
    refuse_if(
        sealing.check_seal(
            kind=box.kind,
            number=number,
            used=Seal.objects.filter(number=key).exists(),
            live=live.number if live else None,
            things=len(inside),
            witnesses=(act.by.user, witness_id),
            condition=condition,
            subject=box.name,
        )
    )
    if len(note) > LONGEST_TEXT:
        raise Refused([Problem("custody.text-too-long", box.name, {"most": LONGEST_TEXT})])
    witness, photo = witness_of(act, witness_id), _photo(photo_id)
    entry = act.record(
        chain=chain_of(box.transition_id),
        subject=Ref("container", box.pk),
        after={
            "seal": key,
            "condition": condition,
            "second": witness.name,
            "items": inside,
            "photo": photo.sha256 if photo else "",
        },
        reason=note,
    )
    made = Seal.objects.create(
        box=box,
        number=key,
        since=entry.at,
        condition=condition,
        first=act.by.user,
        first_name=signed_name(act),
        second=witness.user,
        second_name=witness.name,
        photo=photo,
        note=note,
        entry=entry.pk,
    )
    return {"seal": made.pk, "number": key}


@action("custody.box-opened")
def open_box(  # an act names all it needs
    act: Act,
    *,
    container_id: int,
    reason: str,
    condition: str,
    witness_id: int,
    authority: str = "",
) -> Result:
    """Open a sealed box before a second person, with the reason (mở niêm phong).

    The seal number is used up; the box is open until another seal is put on.
    """
    box = begin(act, container_id)
    permit.allow(act.by, "box.open", permit.relation(box))
    live = seal_on(box.pk)
    refuse_if(
        sealing.check_opening(
            live=live.number if live else None,
            reason=reason,
            witnesses=(act.by.user, witness_id),
            condition=condition,
            subject=box.name,
        )
    )
    why = worded(reason, "custody.reason-needed", LONGEST_TEXT, box.name)
    witness = witness_of(act, witness_id)
    entry = act.record(
        chain=chain_of(box.transition_id),
        subject=Ref("container", box.pk),
        before={"seal": live.number if live else ""},
        after={"condition": condition, "second": witness.name},
        reason=why,
        authority=authority[:300],
    )
    Seal.objects.filter(box=box, opened__isnull=True).update(
        opened=entry.at,
        opened_condition=condition,
        opened_reason=why,
        opened_first_name=signed_name(act),
        opened_second_name=witness.name,
        opened_entry=entry.pk,
    )
    return {"container": box.pk}
