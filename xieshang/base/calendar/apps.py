from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "xieshang.base.calendar"
    label = "workcalendar"
