"""How English reports tell of acts, voices and victims, beyond set phrases."""

from __future__ import annotations

import pytest

from secondsource.model import Language, Modality, Report
from secondsource.packs import load
from secondsource.people_count import merge
from secondsource.reading import acts, attribution, modality, places, read
from secondsource.reading.text import Text, lay_out

PACK = load("nk_border")
TOLD = {Modality.ASSERTED, Modality.HEDGED, Modality.HEARD}


def report(text: str) -> Report:
    return Report(id="r", text=text, language=Language.EN, received="2024-01-01T00:00:00Z")


def laid_out(text: str) -> Text:
    return lay_out(report(text), PACK)


def told(sentence: str) -> set[str]:
    """Acts that a sentence states of an incident."""
    text = laid_out(sentence)
    hows = [(hit.act, modality.of(text, hit)) for hit in acts.find(text)]
    return {act for act, how in hows if how is not None and how[0] in TOLD and not how[1]}


def mentioned(sentence: str) -> set[str]:
    """Acts that a sentence states of an incident or of a practice."""
    text = laid_out(sentence)
    return {hit.act for hit in acts.find(text) if modality.of(text, hit) is not None}


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        ("surveillance_crackdown", "Two detector cars have been circling in the town since New Year."),
        ("surveillance_crackdown", "The signal was traced to her kitchen within minutes."),
        ("surveillance_crackdown", "They were being followed from the moment they bought the tickets."),
        ("surveillance_crackdown", "Their telephone was being listened to."),
        ("surveillance_crackdown", "Officers kept an eye on the widow because her son had gone."),
        ("surveillance_crackdown", "All residents must now report strangers within the hour."),
        ("surveillance_crackdown", "The ministry has drawn up a list of everybody with kin abroad."),
        ("surveillance_crackdown", "Cameras were hung along the embankment."),
        ("house_search_confiscation", "They turned the house upside down."),
        ("house_search_confiscation", "The officers went through every cupboard."),
        ("house_search_confiscation", "The floorboards were torn up."),
        ("house_search_confiscation", "Two handsets and a notebook were impounded."),
        ("house_search_confiscation", "They emptied the drawers and slit the quilts."),
        ("house_search_confiscation", "Everything of value in the house was carried out."),
        ("house_search_confiscation", "They burst into the house at dawn."),
        ("coercion_of_broker", "The courier was given a choice: prison or names."),
        ("coercion_of_broker", "State security had let him keep his trade on one condition."),
        ("coercion_of_broker", "The broker was promised that his file would vanish if he delivered four people."),
        ("coercion_of_broker", "His wife was held until he had brought them a customer."),
        ("coercion_of_broker", "The boatman acted on the instructions of the security officer."),
        ("coercion_of_broker", "They threatened the broker with ten years unless he brought somebody to the river."),
        ("coercion_of_broker", "The smuggler was in the officers' debt."),
        ("deception_lure", "He came with greetings from the daughter and a date for the crossing."),
        ("deception_lure", "The guide assured them that the sentries were asleep that night."),
        ("deception_lure", "The call that sent them to the bank had come from the security office."),
        ("deception_lure", "An officer in a borrowed coat played the customer."),
        ("deception_lure", "The boat had been rented by the very people who waited."),
        ("deception_lure", "The widow opened because she had been told that her son was on the line."),
        ("deception_lure", "The guide had sold them from the beginning."),
        ("border_crossing_attempt", "The group was making for Laos when the bus was stopped."),
        ("border_crossing_attempt", "The brothers were waiting for the raft when the lights came on."),
        ("border_crossing_attempt", "The couple meant to go over before the thaw."),
        ("border_crossing_attempt", "A grandmother and her grandson were led onto the ice by a guide."),
        ("border_crossing_attempt", "They were to be taken across by a smuggler on the 4th."),
        ("border_crossing_attempt", "The women had left home to join their mother in Seoul."),
        ("border_crossing_attempt", "The family stood on the pier with their bags packed."),
        ("extortion_bribe", "The prosecutor let it be known what it would cost."),
        ("extortion_bribe", "The matter was settled for two cartons of cigarettes and 3,000 yuan."),
        ("extortion_bribe", "It took 30,000 yuan to bring her home."),
        ("extortion_bribe", "A fine of 5,000 yuan was set, and no receipt was given."),
        ("extortion_bribe", "The agents kept the money for themselves."),
        ("extortion_bribe", "The man was out after two weeks, for 7,000 yuan."),
        ("extortion_bribe", "He paid the investigator, and the charge was changed."),
        ("remittance", "The money man keeps a third."),
        ("remittance", "The widow waited for what her boy sends at New Year."),
        ("remittance", "He carried money from sons and daughters in the South to their parents."),
        ("remittance", "The courier brought her 900 yuan from her son."),
        ("remittance", "She had a brother in Busan who supported her."),
        ("informant_tip", "His best friend had given the officers the date."),
        ("informant_tip", "The agents already knew the hour and the place."),
        ("informant_tip", "The arrest followed a note pushed under the door of the police box."),
        ("informant_tip", "Somebody had talked."),
        ("informant_tip", "A classmate wrote it down for the officer."),
        ("informant_tip", "The sale of the furniture was noticed and passed on."),
        ("release", "She was out by New Year."),
        ("release", "She was back at her stall within a week."),
        ("release", "They were allowed to go in the evening."),
        ("release", "The children were handed over to their grandmother."),
        ("interrogation_torture", "Her back was black when she was brought out."),
        ("interrogation_torture", "They put the same question to her a hundred times."),
        ("interrogation_torture", "He was kept standing in cold water."),
        ("interrogation_torture", "He could no longer walk when they let him out."),
        ("sentencing_imprisonment", "She is serving her third year in the camp."),
        ("sentencing_imprisonment", "The verdict was twelve years."),
        ("sentencing_imprisonment", "They ended up in a political camp."),
        ("deportation_repatriation", "The five were driven back over the bridge in a bus."),
        ("deportation_repatriation", "China returned all eleven."),
        ("deportation_repatriation", "The group was given back to the North at Tumen."),
    ],
)
def test_acts_are_known_however_they_are_told(act: str, sentence: str) -> None:
    assert act in mentioned(sentence)


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        ("release", "The photos were released by the ministry."),
        ("border_crossing_attempt", "The trader crosses the bridge twice a month with a permit."),
        ("border_crossing_attempt", "Her son, a sailor who jumped ship, lives in Busan."),
        ("extortion_bribe", "The trader pays 300 yuan for a stall."),
        ("house_search_confiscation", "What awaits her is a strip search."),
        ("arrest_detention", "More arrests are expected, people say."),
        ("arrest_detention", "People fear that more arrests will follow."),
        ("surveillance_crackdown", "We watched the river from the other side."),
        ("remittance", "The officer took 500 yuan from the mother."),
        ("deportation_repatriation", "We call on the government not to send them back."),
    ],
)
def test_words_of_an_act_that_did_not_happen_state_none(act: str, sentence: str) -> None:
    assert act not in told(sentence)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (
            "A barber in the county town told this bulletin that two sisters were taken from their beds. "
            "The barber added that a van had waited since dusk.",
            1,
        ),
        (
            "A listener who keeps bees writes to us from Kanggye. Her cousin was arrested on the ice. The "
            "listener says nobody has been allowed to visit.",
            1,
        ),
        ("Two nurses at the hospital, interviewed separately, said the man had been brought in with broken ribs.", 2),
        (
            "We have this from a man who carries flour across the bridge. He had it from the driver of the "
            "prison truck.",
            2,
        ),
        (
            "A letter that reached our office in May tells of the arrest of three brothers. It was written "
            "by their aunt.",
            1,
        ),
        (
            'According to an NGO field officer, the couple were seized at a bus stop. "They had no papers," '
            "the officer said.",
            1,
        ),
        (
            "Pak Sun-ok (not her real name) told our interviewer that guards beat her in the cell. Pak said "
            "she was held for forty days.",
            1,
        ),
        (
            "The raid was confirmed by a shopkeeper across the street and by a second neighbour who asked "
            "not to be named.",
            2,
        ),
        (
            "Word of the arrest comes from a lorry driver who crosses twice a week. A customs clerk, asked "
            "about it, knew nothing but said that people were uneasy.",
            2,
        ),
        (
            "What follows was told to us by a grandmother who had shared a cell with her. The grandmother "
            "did not know the surname.",
            1,
        ),
        (
            "A retired railwayman visiting Dandong remarked that the family had been quiet people. They "
            "were arrested on 3 May, according to a relative of the wife.",
            2,
        ),
        ("His wife's sister, reached by phone, said he had been beaten. She has not seen him since.", 1),
        (
            "A person who deals with the border troops said five people were caught. This person heard it "
            "from a corporal.",
            2,
        ),
        (
            "The officer told the woman she would be shot. The guide said to her that all was arranged. A "
            "resident of Musan said she was arrested that night.",
            1,
        ),
        ('"They tied their hands," recalled a fisherman who had been mending nets. "Then a truck came."', 1),
        (
            "A cleaner at the station saw the men put into a van. An ice-cream seller, who stood nearby, "
            "heard two shots.",
            2,
        ),
        ("A woman who was released from the same cell in June said the couple are alive.", 1),
        (
            'Mrs. Ri, 61, whose son was arrested, wrote to the bulletin in March. "He was taken from '
            'school," she wrote.',
            1,
        ),
        (
            '"I saw the truck," a young man who sells coal told the paper. Asked whether he knew the '
            "family, he shook his head.",
            1,
        ),
        (
            "The account was given by a student who shared a bunk with him. It is supported by a doctor who "
            "treated both.",
            2,
        ),
        (
            "A second resident, reached by phone, said wives now refuse to speak to strangers. The arrest "
            "was described by a man who trades in timber.",
            2,
        ),
        (
            "An elder of the church told our office that four believers were arrested. The elder has it "
            "from a deacon inside.",
            2,
        ),
        (
            "Speaking from Bangkok, a woman in her thirties described how she was caught. Her cellmate, who "
            "also reached Thailand, told the same story.",
            2,
        ),
        (
            "A boatman said the girls had paid. The boatman's son, who was at the oars, said the soldiers "
            "had been waiting.",
            2,
        ),
        (
            "The news was carried across by a woman who visits her aunt each month, who asked us to call "
            "her Okhui. Okhui said eight people were taken.",
            1,
        ),
    ],
)
def test_as_many_voices_as_tell_the_report(text: str, count: int) -> None:
    found = laid_out(text)
    assert len(attribution.find(found, places.find(found)).voices) == count


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Seven women and their driver were arrested on the road to Laos.", 8, 8),
        ("Two couples were picked up at the station.", 4, 4),
        ("Police arrested a broker and three of his customers.", 4, 4),
        ("A man in his 40s and a woman in her 30s were arrested in Hyesan.", 2, 2),
        ("Eight or nine traders were held for questioning in Musan.", 8, 9),
        ("A widow and her neighbour were interrogated for three days.", 2, 2),
        ("At least nine people were detained.", 9, None),
    ],
)
def test_people_named_together_are_counted_together(text: str, low: int, high: int | None) -> None:
    harmed = [victim for claim in read(report(text), PACK).claims for victim in claim.victims]
    count = merge(harmed)
    assert (count.low, count.high) == (low, high)
