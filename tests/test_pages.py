"""The pages as a browser shows them."""

import json
import re

import pytest
import requests
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from support import eventually, ledger_event, order_event, unique

BROWSER_WAIT_SEC = 30


class Browser:
    """Headless Chromium. Its console has every refusal of the Content-Security-Policy."""

    def __init__(self, screenshots):
        self.screenshots = screenshots
        options = webdriver.ChromeOptions()
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1600"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)

    def console(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def text(self):
        return self.driver.find_element(By.TAG_NAME, "body").text

    def screenshot(self, name):
        assert self.driver.save_screenshot(str(self.screenshots / f"{name}.png"))

    def element(self, selector):
        """The first that can be seen, once there is one."""

        def shown(driver):
            return next((found for found in driver.find_elements(By.CSS_SELECTOR, selector) if found.is_displayed()), None)

        return WebDriverWait(self.driver, BROWSER_WAIT_SEC).until(shown, selector)

    def write(self, selector, text):
        field = self.element(selector)
        field.clear()
        field.send_keys(text)

    def authorize(self, token):
        self.element(".auth-wrapper .authorize").click()
        self.write("#auth-bearer-value", token)
        self.element(".auth-container .authorize").click()
        self.element(".btn-done").click()

    def look_up(self, operation, fields):
        """What /docs shows as the answer. `operation`: tag and operationId; `fields`: a value each, or the text of the body."""
        block = "#operations-" + operation
        self.element(f"{block} .opblock-summary-control").click()
        self.element(f"{block} .try-out__btn").click()
        if isinstance(fields, str):
            self.write(f"{block} textarea.body-param__text", fields)
        else:
            for name, value in fields.items():
                self.write(f"{block} tr[data-param-name='{name}'] input", value)
        self.element(f"{block} button.execute").click()
        return self.element(f"{block} .live-responses-table .response").text


@pytest.fixture
def browser(tmp_path):
    browser = Browser(tmp_path)
    yield browser
    browser.driver.quit()


@pytest.mark.parametrize("page", ["docs", "redoc"])
def test_page_shows_every_route_and_nothing_fails(browser, api, page):
    routes = set(api.get("/openapi.json").json()["paths"])
    browser.driver.get(f"{api.url}/{page}")
    eventually(lambda: all(route in browser.text().replace("\u200b", "") for route in routes), what=browser.text)
    browser.screenshot(page)
    assert browser.console() == []


def test_lookup_can_be_made_from_the_page(browser, api, db, publisher):
    tx_id = unique("tx")
    publisher.ledger(ledger_event(tx_id))
    api.found(f"/admin/tx/{tx_id}")

    browser.driver.get(f"{api.url}/docs")
    shown = browser.look_up("Transactions-getTx", {"tx_id": tx_id, "X-Correlation-ID": tx_id})

    browser.screenshot("lookup")
    assert shown.startswith("200") and f'"tx_id": "{tx_id}"' in shown
    assert db.value("select result from bo.admin_audit_logs where correlation_id = %s and resource_id = %s", [tx_id, tx_id]) == "FOUND"
    assert browser.console() == []


def test_every_lookup_can_be_made_from_the_page_with_a_token(browser, api, oidc_api, issuer, publisher):
    tx_id, order_id, wallet_id = unique("tx"), unique("po"), unique("wallet")
    publisher.orders(order_event(order_id))
    publisher.ledger(ledger_event(tx_id, wallet_id=wallet_id, related_id=order_id, related_type="PAYMENT_ORDER"))
    api.found(f"/admin/payment-orders/{order_id}", lambda body: body["ledger_entries"])

    browser.driver.get(f"{oidc_api.url}/docs")
    browser.authorize(issuer.token("ADMIN_READ ADMIN_AUDIT"))
    for operation, fields in {
        "Transactions-getTx": {"tx_id": tx_id},
        "Transactions-batchGetTx": json.dumps({"tx_ids": [tx_id]}),
        "Payment_orders-getPaymentOrder": {"order_id": order_id},
        "Wallets-listWalletTx": {"wallet_id": wallet_id},
        "Operations-search": {"q": tx_id},
        "Operations-listPairs": {"limit": "1"},
        "Audit-listAuditLogs": {"resource_id": tx_id},
    }.items():
        shown = browser.look_up(operation, fields)
        assert shown.startswith("200"), shown
        assert operation == "Operations-listPairs" or tx_id in shown, shown
    browser.screenshot("lookups-with-a-token")
    assert browser.console() == []


def test_lookup_from_the_page_without_a_token_is_refused(browser, oidc_api):
    browser.driver.get(f"{oidc_api.url}/docs")
    assert browser.look_up("Transactions-getTx", {"tx_id": "x"}).startswith("401")


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/docs/swagger-ui-bundle.js", "/redoc/redoc.standalone.js"])
def test_page_is_whole_and_its_head_tells_its_size(api, path):
    plain = api.get(path, Accept_Encoding="identity")
    assert plain.status_code == 200 and plain.content
    zipped = api.get(path, Accept_Encoding="gzip")
    assert (zipped.headers["Content-Encoding"], zipped.content) == ("gzip", plain.content)
    head = api.request("HEAD", path, headers={"Accept-Encoding": "identity"})
    assert (head.status_code, head.content, head.headers["Content-Length"]) == (200, b"", str(len(plain.content)))


def test_pages_are_counted_as_one_route(stack, api):
    for path in ("/docs", "/redoc", "/docs/start.js"):
        api.get(path)
    metrics = requests.get(stack.address("API_METRICS_URL"), timeout=10).text
    assert set(re.findall(r'route="(page|/docs|/redoc)', metrics)) == {"page"}
