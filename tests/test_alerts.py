"""The alerts of configs/alerts.yaml ask for metrics that there are; what they fire at is in alerts_test.yaml."""

import re

import requests
import yaml

from support import ROOT, eventually, ledger_event, unique

ALERTS_OF_THE_CONTRACT = {
    "ApiLatencyHigh", "ApiErrorRateHigh", "DataFreshnessHigh", "DlqActivity", "ContractCoreViolationHigh", "DbPoolExhausted",
    "DbPoolCheckoutSlow", "DbReplicationLagHigh",
}


def rules():
    groups = yaml.safe_load((ROOT / "configs/alerts.yaml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def test_every_metric_of_a_rule_is_told(stack, api, publisher):
    asked = {name for rule in rules() for name in re.findall(r"\b(?:api|db|consumer|pairing|audit)_[a-z_]+", rule["expr"])}
    assert len(asked) > 10

    def told():
        pages = [requests.get(stack.address(page), timeout=10).text for page in ("API_METRICS_URL", "CONSUMER_METRICS_URL")]
        return set(re.findall(r"^([a-z_]+)[{ ]", "\n".join(pages), re.MULTILINE))

    # What has labels of its own is told from its first count on.
    api.get("/admin/tx/x")
    publisher.ledger(ledger_event(unique("tx"), entry_type=None, type="PAYMENT"))
    eventually(lambda: asked <= told(), what=f"all of {sorted(asked)}")


def test_each_alert_of_the_contract_has_a_rule_and_a_runbook():
    alerts = {rule["alert"] for rule in rules() if "alert" in rule}
    assert ALERTS_OF_THE_CONTRACT <= alerts
    runbook = (ROOT / "docs/runbooks/alerts.md").read_text()
    assert all(f"| `{alert}` |" in runbook for alert in alerts)
