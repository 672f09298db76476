"""A plan's status and what it rests on; months a target is scheduled in; a task found not to be done. A plan with a number was issued."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def issued(apps, editor):  # may be run twice
    apps.get_model("plans", "Plan").objects.filter(status="draft").exclude(number="").update(status="issued")


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='plan',
            name='meeting',
            field=models.CharField(blank=True, max_length=100, verbose_name='会议'),
        ),
        migrations.AddField(
            model_name='plan',
            name='status',
            field=models.CharField(choices=[('draft', '草案'), ('fixed', '审定'), ('issued', '印发'), ('adjusted', '已调整')], default='draft', editable=False, max_length=10, verbose_name='文稿状态'),
        ),
        migrations.AddField(
            model_name='plan',
            name='status_on',
            field=models.DateField(blank=True, null=True, verbose_name='审定、印发日期'),
        ),
        migrations.AddField(
            model_name='target',
            name='months',
            field=models.CharField(blank=True, max_length=40, verbose_name='排定月份'),
        ),
        migrations.AddField(
            model_name='target',
            name='not_done_on',
            field=models.DateField(blank=True, null=True, verbose_name='认定未完成日期'),
        ),
        migrations.CreateModel(
            name='Footing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('draft', '草案'), ('fixed', '审定'), ('issued', '印发'), ('adjusted', '已调整')], max_length=10, verbose_name='文稿状态')),
                ('meeting', models.CharField(blank=True, max_length=100, verbose_name='会议')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('on', models.DateField(verbose_name='日期')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='footings', to='plans.plan', verbose_name='计划')),
            ],
            options={
                'verbose_name': '计划依据',
                'verbose_name_plural': '计划依据',
                'ordering': ['plan', 'on', 'id'],
            },
        ),
        migrations.RunPython(issued, migrations.RunPython.noop),
    ]
