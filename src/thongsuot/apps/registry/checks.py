"""System checks: every link to an organisation has decided what happens when it closes."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db.models import ForeignKey, ManyToManyField, Model

from thongsuot.apps.registry.fields import WHEN_CLOSED, BodyField


def check_body_links(
    app_configs: Sequence[AppConfig] | None = None, **_: Any
) -> list[CheckMessage]:
    """Refuse plain links to a body (registry.E001) and unknown decisions (registry.E002)."""
    configs = apps.get_app_configs() if app_configs is None else app_configs
    return [
        message
        for config in configs
        for model in config.get_models(include_auto_created=True)
        for message in faults_of(model)
    ]


def faults_of(model: type[Model]) -> list[CheckMessage]:
    """What is wrong with one table's links to bodies; empty means nothing."""
    body = apps.get_model("registry", "Body")
    faults: list[CheckMessage] = []
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        if not isinstance(field, ForeignKey | ManyToManyField) or field.related_model is not body:
            continue
        if not isinstance(field, BodyField):
            faults.append(
                Error(
                    f"{field} points at a body without saying what happens when it closes.",
                    hint="Use thongsuot.apps.registry.fields.BodyField(when_closed=…).",
                    obj=model,
                    id="registry.E001",
                )
            )
        elif field.when_closed not in WHEN_CLOSED:
            faults.append(
                Error(
                    f"{field}: when_closed is {field.when_closed!r}.",
                    hint=f"Choose one of {', '.join(WHEN_CLOSED)}.",
                    obj=model,
                    id="registry.E002",
                )
            )
    return faults
