"""Merkle roots commit to every leaf, and proofs lead back to them."""

from hypothesis import given
from hypothesis import strategies as st

from engine.history.merkle import holds, leaf, proof, root

leaves = st.lists(st.integers(0, 10**6), min_size=1, max_size=40, unique=True).map(
    lambda numbers: [leaf(f"i{number}", number, f"{number:064x}") for number in numbers]
)


@given(leaves, st.data())
def test_every_leaf_is_proven_and_no_other(hashes: list[str], draw: st.DataObject) -> None:
    place = draw.draw(st.integers(0, len(hashes) - 1))
    path = proof(hashes, place)
    assert holds(hashes[place], path, root(hashes))
    assert not holds(leaf("stranger", 1, "0" * 64), path, root(hashes))


@given(leaves, st.data())
def test_a_changed_leaf_changes_the_root(hashes: list[str], draw: st.DataObject) -> None:
    place = draw.draw(st.integers(0, len(hashes) - 1))
    changed = [*hashes[:place], leaf("changed", 0, "0" * 64), *hashes[place + 1 :]]
    assert root(changed) != root(hashes)


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert root([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
