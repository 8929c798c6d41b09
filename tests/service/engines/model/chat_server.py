"""A small server on loopback that speaks OpenAI's chat protocol."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ChatServer:
    """Answers each call with the next (status, content, finish reason), the last one stays; or by a function."""

    def __init__(self):
        self.bodies, self.keys, self.replies = [], [], []
        self._lock = threading.Lock()
        chat = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, payload = chat.answer(body, self.headers["Authorization"])
                raw = json.dumps(payload).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *args):
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def answer(self, body, key):
        with self._lock:
            self.bodies.append(body)
            self.keys.append(key)
            status, content, reason = self._next(body)
        if status != 200:
            return status, {"error": {"message": content, "type": "server_error"}}
        message = {"role": "assistant", "content": content, "refusal": None}
        if reason == "refusal":
            message, reason = {"role": "assistant", "content": None, "refusal": content}, "stop"
        return 200, {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": reason}],
            "usage": {"prompt_tokens": 21, "completion_tokens": 7, "total_tokens": 28},
        }

    def _next(self, body):
        if callable(self.replies):
            return self.replies(body)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
