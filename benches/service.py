"""Shared by speed.py and listing.py: a service on loopback that sends handshakes."""
import http.server
import json
import threading

PAGE = 20


def handshake(number):
    return {
        "Id": f"h-example{number:012}",
        "Arn": f"arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-example{number:012}",
        "Parties": [{"Id": "o-exampleorgid", "Type": "ORGANIZATION"}, {"Id": f"user{number}@example.com", "Type": "EMAIL"}],
        "State": "OPEN", "RequestedTimestamp": 1481656459.257, "ExpirationTimestamp": 1482952459.257, "Action": "INVITE",
        "Resources": [
            {"Value": "o-exampleorgid", "Type": "ORGANIZATION", "Resources": [
                {"Value": "bill@amazon.com", "Type": "MASTER_EMAIL"}, {"Value": "Org Master Account", "Type": "MASTER_NAME"},
                {"Value": "ALL", "Type": "ORGANIZATION_FEATURE_SET"}]},
            {"Value": f"user{number}@example.com", "Type": "EMAIL"}],
    }


ANSWER = json.dumps({"Handshake": handshake(1)})


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        data = ANSWER.encode()
        if self.headers["X-Amz-Target"].split(".")[1].startswith("List"):
            first, number = int(asked.get("NextToken", "0")), self.server.number
            page = {"Handshakes": [handshake(index) for index in range(first, min(first + PAGE, number))]}
            if first + PAGE < number:
                page["NextToken"] = str(first + PAGE)
            data = json.dumps(page).encode()
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: %d\r\n\r\n" % len(data) + data)

    def log_message(self, *_):
        pass


def start(number=0):
    """Starts a service with this number of handshakes, which `server.number` changes; `server.url` is its URL."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.number = number
    server.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def environment(url):
    """Returns the variables that a call needs, and none of this process's."""
    return {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "TZ": "UTC", "LANG": "C.UTF-8", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "example", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": url}
