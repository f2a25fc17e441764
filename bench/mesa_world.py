"""The world's rules written the usual way, one object an agent, in Mesa: what the compiled model is held against.

The same submodels and the same numbers, drawn with Mesa's own generator. Reports and warnings are left out on both
sides' default (no warnings), except that released families make their counties talk.
"""

from __future__ import annotations

import math
from typing import Any

import mesa
import numpy as np

from secondsource.world import calendar, society
from secondsource.world.calendar import QUARTER, WEEKS
from secondsource.world.parameters import Rates, Scale, Spec

TOLERATE, ARREST, MANUFACTURE = range(3)
FREE, TURNED, JAILED = range(3)


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


class Household(mesa.Agent):  # type: ignore[misc]
    def __init__(self, model: World, county: int, row: Any) -> None:
        super().__init__(model)
        self.county, self.broker, self.officer = county, model.brokers[row["broker"]], model.officers[row["officer"]]
        self.size, self.line, self.wealth = int(row["size"]), bool(row["line"]), float(row["wealth"])
        self.trust, self.reach, self.fear, self.back = float(row["trust"]), float(row["reach"]), 0.0, 0
        self.broker.houses.append(self)
        self.officer.lines += self.line

    def step(self) -> None:
        m = self.model
        self.fear = self.fear * m.fades + m.talk[self.county] * self.reach
        if self.back <= m.week and self.random.random() < m.wish[self.county]:
            self.leave()

    def leave(self) -> None:
        m, p = self.model, self.model.p
        if m.pressed[self.county] and self.random.random() < p.hear_inspection:
            return
        if self.random.random() >= sigmoid(self.trust - self.fear):
            return
        if self.wealth < m.price or self.broker.state == JAILED:
            return
        better = p.fee_share * m.price - m.catching(self.county) * p.risk_cost
        if self.random.random() < sigmoid(better / p.broker_temperature):
            self.set_out()

    def set_out(self) -> None:
        m, p = self.model, self.model.p
        self.officer.now += self.size
        self.back = m.week + int(p.away_weeks)
        if self.broker.state == TURNED and self.random.random() < p.betray_share:
            m.counted["betrayed"] += self.size
            self.officer.made += self.size
        elif self.officer.choice == ARREST and self.random.random() < p.arrest_skill:
            m.counted["by_officer"] += self.size
            self.officer.made += self.size
        elif self.random.random() < m.catching(self.county):
            m.counted["by_patrol"] += self.size
            self.officer.made += self.size * p.handed_over
        else:
            m.counted["escaped"] += self.size

    def comes(self) -> bool:
        m, p = self.model, self.model.p
        seen = self.random.random() < p.warn_share
        seen = seen or (self.random.random() < p.verify_share and self.random.random() < p.verify_works)
        if seen:
            self.fear += 2.0
            m.released[m.week][self.county] += 1
            return False
        accepts = self.random.random() < sigmoid(self.trust + p.invitation_pull - self.fear)
        return bool(accepts and self.random.random() < p.trap_works)


class Broker(mesa.Agent):  # type: ignore[misc]
    def __init__(self, model: World, loyalty: float) -> None:
        super().__init__(model)
        self.loyalty, self.state, self.until = loyalty, FREE, 0
        self.houses: list[Household] = []

    def step(self) -> None:
        if self.state != FREE and self.until <= self.model.week:
            self.state = FREE


class Officer(mesa.Agent):  # type: ignore[misc]
    def __init__(self, model: World, county: int, cost: float) -> None:
        super().__init__(model)
        self.county, self.cost, self.lines = county, cost, 0
        self.made, self.seen, self.now, self.choice, self.due = 0.0, 0.0, 0.0, TOLERATE, 0
        self.broker: Broker | None = None

    def decide(self) -> None:
        m, p = self.model, self.model.p
        if m.week % QUARTER == 0:
            self.made = 0.0
        payoffs = self.payoffs(QUARTER - 1 - m.week % QUARTER)
        top = max(payoffs)
        weights = [math.exp((one - top) / p.temperature) for one in payoffs]
        self.choice = self.random.choices((TOLERATE, ARREST, MANUFACTURE), weights)[0]
        if self.choice == MANUFACTURE and (broker := self.turn()) is not None:
            self.broker = broker
            self.due = m.week + 1 + self.random.randrange(max(1, int(2 * p.plan_weeks) - 1))

    def payoffs(self, left: int) -> tuple[float, float, float]:
        m, p = self.model, self.model.p
        pressure = 1 + p.inspection_pressure * m.pressed[self.county]
        keeps = 1 - p.bribe_fear * m.inspected[self.county]
        lines_pay = self.lines * p.remittances_per_year / WEEKS * p.bribe_remittance * keeps
        short = max(p.quota - self.made, 0.0)
        tolerate = self.seen * p.bribe_crossing * keeps + lines_pay
        arrest = lines_pay * (1 - p.arrest_scares) + self.gain(pressure, left, self.seen * p.arrest_skill, short)
        then = left - int(p.plan_weeks)
        if then < 0:
            then, short = then + QUARTER, p.quota
        success = m.success[self.county]
        fake = self.gain(pressure, then, 1.95 * success, short) + p.money_taken * success
        make = tolerate + fake - self.cost - p.exposure_base * p.exposure_penalty
        return tolerate, arrest, make if self.broker is None else -1e9

    def gain(self, pressure: float, left: int, persons: float, short: float) -> float:
        p = self.model.p
        useful = min(persons, short)
        each = p.quota_value * pressure * math.exp(-left / p.urgency_weeks)
        return float(each * (useful + p.beyond_quota * (persons - useful)))

    def turn(self) -> Broker | None:
        m, p = self.model, self.model.p
        for _ in range(3):
            one: Broker = self.random.choice(m.brokers_of[self.county])
            if one.state == TURNED:
                return one
            if one.state == FREE and self.random.random() < sigmoid(p.threat - one.loyalty):
                one.state, one.until = TURNED, m.week + int(p.turned_weeks)
                return one
            if one.state == FREE and self.random.random() < p.jail_if_refused:
                one.state, one.until = JAILED, m.week + int(p.jail_weeks)
                self.made += 1
        return None

    def spring(self) -> None:
        m, p = self.model, self.model.p
        if self.broker is None or self.due > m.week:
            return
        caught = 0
        for _ in range(int(p.lure_tries)):
            house = self.random.choice(self.broker.houses)
            if not house.line or house.back > m.week or not house.comes():
                continue
            house.back, caught = m.week + int(p.away_weeks), house.size
            m.counted["set_up"] += caught
            m.arrested(house)
            break
        self.made += caught
        m.success[self.county] += 0.05 * ((caught > 0) - m.success[self.county])
        self.broker = None

    def remember(self) -> None:
        self.seen += 0.05 * (self.now - self.seen)
        self.now = 0.0


class World(mesa.Model):  # type: ignore[misc]
    """The same society as `secondsource.world` settles for the seed, played agent by agent."""

    def __init__(self, spec: Spec, rates: Rates, scale: Scale, seed: int) -> None:
        super().__init__(seed=seed)
        self.p, self.week = rates, 0
        tight = calendar.tightness(spec, scale.years, None, None)
        settled = society.settle(spec, rates, seed, scale)
        self.days = calendar.draw(spec, rates, seed, scale, tight).days
        self.tight = float(tight[0])
        self.price = rates.price_base * math.exp(rates.price_per_tightness * self.tight)
        self.fades = math.exp(-math.log(2) / rates.fear_halflife_weeks)
        self.success = [0.5] * len(spec.counties)
        self.released = [[0.0] * len(spec.counties) for _ in range(len(tight) + 300)]
        self.counted = dict.fromkeys(("escaped", "by_patrol", "by_officer", "betrayed", "set_up"), 0)
        self.brokers = [Broker(self, float(row["loyalty"])) for row in settled.brokers]
        self.brokers_of = [self.brokers[row["first_broker"] : row["end_broker"]] for row in settled.counties]
        self.officers = [Officer(self, int(row["county"]), float(row["cost"])) for row in settled.officers]
        for row in settled.houses:
            Household(self, int(row["county"]), row)

    def catching(self, county: int) -> float:
        return float(min(0.95, self.base * (1 + self.p.patrol_inspection * self.inspected[county])))

    def arrested(self, house: Household) -> None:
        """Some get out again, knowing, and are talked of."""
        if self.random.random() < self.p.release_share and self.random.random() < self.p.learn_share:
            later = self.week + 1 + int(np.log(1 - self.random.random()) / np.log(1 - 1 / self.p.release_weeks))
            if later < len(self.released):
                self.released[later][house.county] += 1

    def step(self) -> None:
        day = self.days[:, self.week]
        self.inspected, self.pressed = day["inspected"].tolist(), day["pressed"].tolist()
        self.wish = (self.p.wish_rate / WEEKS * day["season"]).tolist()
        self.base = self.p.patrol_catch * math.exp(self.p.patrol_per_tightness * self.tight)
        self.agents_by_type[Broker].do("step")
        self.agents_by_type[Officer].do("decide")
        self.agents_by_type[Officer].do("spring")
        self.talk = [self.p.gossip_effect * n for n in self.released[self.week]]
        self.agents_by_type[Household].do("step")
        self.agents_by_type[Officer].do("remember")
        self.week += 1
