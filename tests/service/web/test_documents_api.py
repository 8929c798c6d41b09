import pytest


def files_left(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_upload_answers_with_the_document_and_its_address(client, memo):
    answer = client.post("/api/v1/documents", files=memo)
    assert answer.status_code == 201
    assert answer.json()["title"] == "Harbour strategy"
    assert client.get(answer.headers["Location"]).json()["id"] == answer.json()["id"]


def test_the_same_bytes_twice_are_one_document(client, uploaded, memo):
    again = client.post("/api/v1/documents", files=memo)
    assert again.status_code == 200
    assert again.json()["id"] == uploaded["id"]
    assert len(client.get("/api/v1/documents").json()) == 1


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        pytest.param("empty.md", b"", 422, id="empty"),
        pytest.param("plan.pdf", b"%PDF-1.7\nbroken", 422, id="truncated"),
        pytest.param("plan.exe", b"MZ\x90\x00\x03" * 50, 415, id="unsupported"),
    ],
)
def test_a_refused_file_gets_its_reason_and_leaves_nothing(client, tmp_path, name, data, status):
    answer = client.post("/api/v1/documents", files={"file": (name, data)})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].endswith(".")
    assert client.get("/api/v1/documents").json() == []
    assert files_left(tmp_path / "data" / "originals") == []


def test_a_body_above_the_limit_is_refused_while_it_is_read(client, services):
    def endless():
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        for _ in range(services.limits.max_bytes // 2**20 + 2):
            yield b"a" * 2**20

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = client.post("/api/v1/documents", content=endless(), headers=headers)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_request_without_a_file_says_which_field_is_missing(client):
    answer = client.post("/api/v1/documents")
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["where"] == "file"


def test_a_new_version_takes_the_place_of_the_old_in_search(client, uploaded, memo_text, services):
    text = memo_text.replace("half", "two thirds")
    form = {"replaces": uploaded["id"]}
    second = client.post("/api/v1/documents", files={"file": ("harbour.md", text.encode())}, data=form).json()
    services.house.workplace().shelf.ingest(uploaded["id"])
    words = " ".join(passage["text"] for passage in client.get(f"/api/v1/documents/{second['id']}/passages").json())
    assert (second["id"], second["version"]) == (uploaded["id"], 2)
    assert "two thirds" in words
    assert "by half" not in words


def test_search_finds_a_passage_by_meaning(client, uploaded, services):
    services.house.workplace().shelf.ingest(uploaded["id"])
    found = client.get(f"/api/v1/documents/{uploaded['id']}/search", params={"q": "boats that do not run"}).json()
    assert "cancelled sailings" in found[0]["passage"]["text"]


def test_a_deleted_document_is_gone_with_its_plans_and_bytes(client, uploaded, tmp_path, services):
    services.house.workplace().shelf.ingest(uploaded["id"])
    assert client.delete(f"/api/v1/documents/{uploaded['id']}").status_code == 204
    services.house.database.wipe_deleted()
    assert client.get(f"/api/v1/documents/{uploaded['id']}").status_code == 404
    assert client.get("/api/v1/plans").json() == []
    holders = [path.name for path in files_left(tmp_path / "data") if b"islanders" in path.read_bytes()]
    assert holders == []


def test_an_unknown_document_is_a_problem_not_an_empty_list(client):
    for path in ("", "/text", "/passages", "/search?q=x"):
        answer = client.get(f"/api/v1/documents/doc-none{path}")
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:throughline:problem:not-found")
