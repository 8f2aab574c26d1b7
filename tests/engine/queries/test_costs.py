"""What an SOP says about money is shown in its own words, and an SOP that says nothing shows nothing."""

from engine.context import Context
from engine.queries.sop import sop
from tests_support import ACCOUNT, deploy_sop


def test_costs_are_the_words_of_the_source(service: Context) -> None:
    key = "pelayanan-penyedotan-pengangkutan-dan-pembuangan-lumpur-tinja"
    deploy_sop(service, key)
    deploy_sop(service, ACCOUNT)
    said = sop(service, key).costs
    assert said == ("Jika tidak terdapat man-hole pada septic tank, biaya pengeboran dibebankan kepada konsumen",)
    assert sop(service, ACCOUNT).costs == ()
