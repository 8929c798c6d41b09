def test_practices_are_found_by_what_they_are_for(client, workshop):
    wanted = workshop.library.practices[3]
    found = client.get("/api/v1/practices", params={"q": wanted.serves[0], "limit": 5}).json()
    assert len(found) == 5
    assert found[0]["id"] == wanted.id


def test_without_a_query_all_practices_come_by_number(client, workshop):
    found = client.get("/api/v1/practices").json()
    assert [one["id"] for one in found] == [practice.id for practice in workshop.library.offered][:200]


def test_a_practice_comes_whole(client, workshop):
    wanted = workshop.library.practices[0]
    assert client.get(f"/api/v1/practices/{wanted.id}").json()["purpose"] == wanted.purpose


def test_the_openapi_document_names_every_route_with_a_tag_and_problems(client):
    document = client.get("/api/v1/openapi.json").json()
    operations = [one for path in document["paths"].values() for one in path.values()]
    assert all(one["tags"] for one in operations)
    assert "Problem" in document["components"]["schemas"]
