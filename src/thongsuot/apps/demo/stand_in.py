"""People of the story who have no account: whoever heads a body on a day."""

from datetime import date

from thongsuot.apps.registry.models import Appointment
from thongsuot.apps.registry.naming import body_names
from thongsuot.rules.kernel.actor import Actor, Hat, Role


def head_of(body: int, on: date) -> Actor:
    """The head of a body that day, in that post; where the story names nobody, its unnamed head."""
    held = (
        Appointment.objects.on(on)
        .filter(post__body=body, post__role=Role.LEADER)
        .select_related("post", "person")
        .order_by("post__rank", "post", "pk")
        .first()
    )
    name = body_names([body])[body]
    appointment, post, person = (
        (held.pk, held.post.title, held.person.full_name)
        if held is not None
        else (0, "Thủ trưởng", f"Thủ trưởng {name} (minh họa)")
    )
    hat = Hat(appointment, Role.LEADER, post, body, name, frozenset({body}))
    return Actor(0, person, (hat,), hat)
