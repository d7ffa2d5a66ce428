"""What leaves the machine: nothing to private addresses, nothing beyond the time limit, TLS that is checked."""

import datetime
import socket
import ssl
import threading
from contextlib import closing

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from customerfile.webhooks import posting
from customerfile.webhooks.addresses import OwnNetwork
from customerfile.webhooks.posting import post
from tests.integration.webhooks.conftest import LOOPBACK
from tests.integration.webhooks.receiver import receiving

NOTHING = OwnNetwork()
SPELLINGS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "[::ffff:127.0.0.1]",
    "[::1]",
    "localhost",
]


@pytest.fixture
def inside():
    """A service of our own that nobody may reach: it fails the test if anybody connects."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        yield listening.getsockname()[1]
        with pytest.raises(TimeoutError):
            listening.accept()


@pytest.mark.parametrize("host", SPELLINGS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_nothing_inside_is_reached_however_it_is_spelt(inside, host, scheme):
    answer = post(f"{scheme}://{host}:{inside}/", "{}", {}, NOTHING)
    assert answer.status is None
    assert ("no public address" in answer.fault) or ("not encrypted" in answer.fault)


def test_a_name_that_leads_inside_only_when_it_is_sent_to_is_refused(inside):
    """Rebinding: the first answer of the name server is public, the next one is ours."""
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])

    def resolve(host, port):
        return next(answers)

    assert resolve("hooks.example.org", 443) == ["93.184.215.14"]  # as when the endpoint was added
    answer = post(f"https://hooks.example.org:{inside}/", "{}", {}, NOTHING, resolve=resolve)
    assert answer.fault.startswith("hooks.example.org leads to 127.0.0.1, which is no public address.")


def test_a_name_is_looked_up_once_for_an_attempt(monkeypatch):
    asked, connected = [], []

    def resolve(host, port):
        asked.append(host)
        return ["93.184.215.14"]

    def create_connection(address, timeout):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", create_connection)
    post("https://hooks.example.org/", "{}", {}, NOTHING, resolve=resolve)
    assert (asked, connected) == (["hooks.example.org"], [("93.184.215.14", 443)])


def test_of_several_addresses_the_private_ones_are_left_out(inside, monkeypatch):
    def resolve(host, port):
        return ["127.0.0.1", "::ffff:127.0.0.1", "93.184.215.14"]

    tried = []

    def create_connection(address, timeout):
        tried.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", create_connection)
    answer = post(f"https://hooks.example.org:{inside}/", "{}", {}, NOTHING, resolve=resolve)
    assert (tried, answer.fault) == (["93.184.215.14"], "Nothing listens there.")


def test_a_proxy_of_the_environment_is_not_used(monkeypatch, receiver, inside):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{inside}")
    assert post(receiver.url, "{}", {}, LOOPBACK).status == 200


def test_an_operator_may_allow_their_own_network(receiver):
    port = receiver.url.split(":")[2].split("/")[0]
    assert post(f"http://localhost:{port}/x", "{}", {}, OwnNetwork.parse("localhost")).status == 200
    assert post(receiver.url, "{}", {}, OwnNetwork.parse("10.0.0.0/8")).status is None


@pytest.mark.parametrize("spoken", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nX: "])
def test_a_receiver_that_hangs_or_dribbles_is_left_after_the_limit(spoken):
    over = threading.Event()

    def speak(listening):
        connection, _ = listening.accept()
        with closing(connection):
            connection.sendall(spoken)
            while not over.wait(0.05):
                try:
                    connection.sendall(b"x" if spoken else b"")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=speak, args=(listening,))
        thread.start()
        answer = post(f"http://127.0.0.1:{listening.getsockname()[1]}/", "{}", {}, LOOPBACK, seconds=0.5)
        over.set()
        thread.join()
    assert (answer.status, answer.fault) == (None, "No answer within 0.5 seconds.")


@pytest.mark.parametrize("spoken", [b"no http at all\r\n\r\n", b"\x00\xff" * 100, b"HTTP/9 x\r\n\r\n", b""])
def test_an_answer_that_is_no_http_is_a_failure(spoken):
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def speak():
            connection, _ = listening.accept()
            with closing(connection):
                connection.recv(65536)
                connection.sendall(spoken)

        thread = threading.Thread(target=speak)
        thread.start()
        answer = post(f"http://127.0.0.1:{listening.getsockname()[1]}/", "{}", {}, LOOPBACK)
        thread.join()
    assert answer.status is None
    assert answer.fault


def test_faults_are_told_in_words():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert post(f"http://127.0.0.1:{port}/", "{}", {}, LOOPBACK).fault == "Nothing listens there."
    assert post("https://nowhere.invalid/", "{}", {}, LOOPBACK).fault == "The host is not known."


def _certificate(folder, host):
    """A certificate that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    day = datetime.timedelta(days=1)
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - day)
        .not_valid_after(today + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def encrypted(tmp_path):
    """A receiver with a certificate for hooks.example.org, and the file that it is in."""
    path = _certificate(tmp_path, "hooks.example.org")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    with receiving(context=context) as receiver:
        yield receiver, path


def _post(receiver, host):
    port = receiver.url.split(":")[2].split("/")[0]
    return post(f"https://{host}:{port}/hook", "{}", {}, LOOPBACK, resolve=lambda *_: ["127.0.0.1"])


def test_a_certificate_that_nobody_vouches_for_is_refused(encrypted):
    answer = _post(encrypted[0], "hooks.example.org")
    assert "certificate is not to be trusted" in answer.fault
    assert encrypted[0].came == []


def test_encrypted_to_the_checked_address_under_the_name_that_was_given(encrypted, monkeypatch):
    receiver, path = encrypted
    context = ssl.create_default_context(cafile=str(path))
    monkeypatch.setattr(posting, "tls", lambda: context)
    assert _post(receiver, "hooks.example.org").status == 200
    assert receiver.came[0].headers["host"].startswith("hooks.example.org:")
    assert "not to be trusted" in _post(receiver, "other.example.org").fault


def test_plain_where_encrypted_was_asked_for_is_a_failure(receiver):
    assert _post(receiver, "hooks.example.org").fault == "No encrypted connection came about."
