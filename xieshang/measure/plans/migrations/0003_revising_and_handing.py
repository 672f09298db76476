"""A revised document being paired with a plan; targets handed down to bodies and units below, and carried over."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0001_initial'),
        ('plans', '0002_status_months_and_not_done'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Pair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('said', models.JSONField(null=True, verbose_name='新内容')),
                ('kind', models.CharField(choices=[('added', '增'), ('removed', '删'), ('changed', '改'), ('merged', '并'), ('same', '未变')], max_length=8, verbose_name='变动')),
                ('sure', models.BooleanField(default=True)),
                ('take', models.CharField(choices=[('new', '采用新稿'), ('old', '保留原样'), ('open', '另列待核对')], default='new', max_length=4, verbose_name='采用')),
            ],
            options={
                'verbose_name': '配对',
                'verbose_name_plural': '配对',
                'ordering': ['revision', 'order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=16, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='登记时间')),
                ('saved_at', models.DateTimeField(editable=False, verbose_name='保存时间')),
                ('document', models.PositiveSmallIntegerField(default=1, verbose_name='第几份文稿')),
                ('old_document', models.PositiveSmallIntegerField(default=1, verbose_name='原稿第几份')),
                ('basis', models.CharField(blank=True, max_length=100, verbose_name='依据')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='生效日')),
            ],
            options={
                'verbose_name': '修订',
                'verbose_name_plural': '修订',
                'ordering': ['plan', '-id'],
            },
        ),
        migrations.AddField(
            model_name='plan',
            name='body',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.body', verbose_name='机构'),
        ),
        migrations.AddField(
            model_name='plan',
            name='sender',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organization', verbose_name='分解单位'),
        ),
        migrations.AddField(
            model_name='plan',
            name='single',
            field=models.BooleanField(default=False, help_text='这份计划里一条记录只计入一项任务，不重复计入几项', verbose_name='一次活动只计一项'),
        ),
        migrations.AddField(
            model_name='target',
            name='body',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.body', verbose_name='机构'),
        ),
        migrations.AddField(
            model_name='target',
            name='carried_from',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='plans.target', verbose_name='结转自'),
        ),
        migrations.AddField(
            model_name='target',
            name='parent',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='plans.target', verbose_name='分解自'),
        ),
        migrations.AddField(
            model_name='target',
            name='weight',
            field=models.DecimalField(decimal_places=2, editable=False, max_digits=6, null=True, verbose_name='权重'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(condition=models.Q(('body', None), ('sender__isnull', False), models.Q(('state', 'withdrawn'), _negated=True)), fields=('organization', 'sender', 'year'), name='plan_handed_once'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(condition=models.Q(('body__isnull', False), ('sender__isnull', False), models.Q(('state', 'withdrawn'), _negated=True)), fields=('body', 'sender', 'year'), name='plan_handed_to_body_once'),
        ),
        migrations.AddField(
            model_name='pair',
            name='made',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.target', verbose_name='新增的任务'),
        ),
        migrations.AddField(
            model_name='pair',
            name='olds',
            field=models.ManyToManyField(related_name='+', to='plans.target', verbose_name='原任务'),
        ),
        migrations.AddField(
            model_name='revision',
            name='created_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人'),
        ),
        migrations.AddField(
            model_name='revision',
            name='old_paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.paper', verbose_name='原稿'),
        ),
        migrations.AddField(
            model_name='revision',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organization', verbose_name='单位'),
        ),
        migrations.AddField(
            model_name='revision',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.paper', verbose_name='修订稿'),
        ),
        migrations.AddField(
            model_name='revision',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='plans.plan', verbose_name='计划'),
        ),
        migrations.AddField(
            model_name='revision',
            name='saved_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='保存人'),
        ),
        migrations.AddField(
            model_name='pair',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pairs', to='plans.revision', verbose_name='修订'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'pairing')), fields=('plan',), name='revision_one_open'),
        ),
    ]
