# SPDX-License-Identifier: GPL-3.0-or-later
"""A guildhalld under measurement, and the people, guilds and requests it is measured with."""
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from processes import PATIENCE, read_line

QUIET = {
    "LISTEN": "127.0.0.1", "PORT": "0", "RATE_LIMITS": "off", "RATE_LIMIT_REGISTER": "1000000",
    "LOG_LEVEL": "warning", "LOG_FORMAT": "json",
    # Nothing may end or beat by itself while something else is measured.
    "HTTP_IDLE_TIMEOUT_MS": "3600000", "GATEWAY_HEARTBEAT_MS": "600000",
}
REST_LINE = re.compile(r"^ *REST +http://127\.0\.0\.1:(\d+)/api/v10$")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Daemon:
    """Starts in the constructor. `seconds_to_ready`: from the start of the process to a /health of 200."""

    def __init__(self, binary, log, settings, data=None):
        self.own_data = None if data else tempfile.mkdtemp(prefix="guildhall-bench-data-")
        self.data = data or self.own_data
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environment |= QUIET | {"DATA_DIR": str(self.data), "METRICS_LISTEN": f"127.0.0.1:{free_port()}"} | settings
        with open(log, "ab") as log_file:
            begin = time.monotonic()
            self.process = subprocess.Popen([str(binary), "run"], cwd=self.data, env=environment, bufsize=0,
                                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log_file)
        try:
            self.port = self._port_of_banner()
            while not self._is_healthy():
                if time.monotonic() - begin > PATIENCE:
                    raise RuntimeError("the daemon does not become healthy")
            self.seconds_to_ready = time.monotonic() - begin
        except BaseException:
            self.close()
            raise

    @property
    def pid(self):
        return self.process.pid

    def _port_of_banner(self):
        while True:
            if found := REST_LINE.match(read_line(self.process, PATIENCE).rstrip()):
                return int(found[1])

    def _is_healthy(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/health")
        status = connection.getresponse().status
        connection.close()
        return status == 200

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()
        if self.own_data:
            shutil.rmtree(self.own_data, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def call(self, verb, path, body=None, token=None):
        """One REST call; returns the JSON of a 2xx, raises otherwise."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Content-Type": "application/json"} | ({"Authorization": token} if token else {})
        connection.request(verb, f"/api/v10{path}", None if body is None else json.dumps(body), headers)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        if response.status // 100 != 2:
            raise RuntimeError(f"{verb} {path} was answered {response.status}: {text}")
        return json.loads(text) if text else None

    def register(self, name):
        """A new account: { "id", "token" }."""
        made = self.call("POST", "/auth/register", {
            "username": name, "email": f"{name}@example.org", "password": "a long password"})
        return {"id": made["user_id"], "token": made["token"]}

    def make_guild(self, owner):
        """A guild and two text channels: { "id", "channel", "other" }."""
        guild = self.call("POST", "/guilds", {"name": "Benchmark"}, owner["token"])
        channels = [self.call("POST", f"/guilds/{guild['id']}/channels", {"name": name, "type": 0}, owner["token"])
                    for name in ("measured", "compared")]
        return {"id": guild["id"], "channel": channels[0]["id"], "other": channels[1]["id"]}


class Requests:
    """Files that the load clients send as they are."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.count = 0

    def _write(self, data):
        self.count += 1
        path = self.folder / f"request-{self.count}"
        path.write_bytes(data)
        return path

    def http(self, verb, path, token, body=None):
        content = b"" if body is None else json.dumps(body).encode()
        length = f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n" if body is not None else ""
        head = (f"{verb} /api/v10{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {token}\r\n"
                f"Connection: keep-alive\r\n{length}\r\n")
        return self._write(head.encode() + content)

    def identify(self, token):
        payload = {"op": 2, "d": {"token": token, "properties": {"os": "linux", "browser": "bench", "device": "bench"}}}
        return self._write(json.dumps(payload).encode())
