"""The alerts of configs/alerts.yaml ask for metrics that there are; what they fire at is in alerts_test.yaml."""

import re

import requests
import yaml

from support import ROOT, eventually

ALERTS_OF_THE_CONTRACT = {
    "ApiLatencyHigh", "ApiErrorRateHigh", "DataFreshnessHigh", "DlqActivity", "ContractCoreViolationHigh", "DbPoolExhausted",
    "DbPoolCheckoutSlow", "DbReplicationLagHigh",
}


def rules():
    groups = yaml.safe_load((ROOT / "configs/alerts.yaml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def test_every_metric_of_a_rule_is_told(stack):
    asked = {name for rule in rules() for name in re.findall(r"\b(?:api|db|consumer|pairing|audit)_[a-z_]+", rule["expr"])}
    assert len(asked) > 10

    def told():
        pages = [requests.get(stack.address(page), timeout=10).text for page in ("API_METRICS_URL", "CONSUMER_METRICS_URL")]
        return set(re.findall(r"^([a-z_]+)[{ ]", "\n".join(pages), re.MULTILINE))

    # What is counted by label is told from its first count on.
    by_label = {"consumer_contract_alias_hit_total", "api_requests_total", "api_request_latency_seconds_bucket"}
    eventually(lambda: asked - by_label <= told(), what=f"all of {sorted(asked)}")


def test_each_alert_of_the_contract_has_a_rule_and_a_runbook():
    alerts = {rule["alert"] for rule in rules() if "alert" in rule}
    assert ALERTS_OF_THE_CONTRACT <= alerts
    runbook = (ROOT / "docs/runbooks/alerts.md").read_text()
    assert all(f"| `{alert}` |" in runbook for alert in alerts)
