"""The core: one step relation over a domain, for every reading of a machine.

**Three parties.** The *core* (this module and those that it calls) decides what happens: which fields apply in which
order, what `$` and `$states` mean in each, which variables are seen, when an error is retried or caught, what a Map or
a Parallel starts and how their results come back. A *domain* (`run.domain`) decides what a value is. A *driver* decides
whose turn it is and answers what the core can't know: the concrete driver keeps a virtual clock and asks services, the
symbolic one keeps a worklist of worlds.

**Moves.** `enter(domain, world, visit)` runs one state and yields what comes of it as `run.move` values, one for each
world that the domain can't exclude; with the concrete domain exactly one. Where a state must wait (a task's answer,
time, children) the move holds a continuation. Continuations are pure, so a fork is free and nothing here is undone.

**Who loops.** Nobody in the core: `Goto` names the next state and the driver enters it, so that a loop of states is
a loop in the driver and costs no stack. Children of Map and Parallel are started by the driver, too; their parent is no
Python frame but a continuation. The only recursion is over the tree of one payload template or one Choice rule.

**Environments.** A scope's `Env` is immutable and travels with the visit: `Assign` makes a new one, that the next
state gets; what branches and iterations assign ends with them. A Map or Parallel passes its visible variables to its
children as `outer`, a distributed Map passes none.

**Errors.** A failure inside a Task, Map or Parallel goes through `handlers.handle` (retriers in order, one counter each
for every visit, then catchers); `States.Runtime` and failures elsewhere end the scope with `Stop`. The driver gives a
scope's failure to the state that started it as the answer of `Branches` or `Iterations`, and there the same holds.

**Order of the stages** (recorded): JSONPath `InputPath, Parameters, work, Assign, ResultSelector, ResultPath on the raw
input, OutputPath`; JSONata `Arguments, work, Assign, Output`. All expressions of a state see the variables as they were
on its entry. On the way to a catcher only the catcher's own Assign and ResultPath or Output apply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from stepvet.asl.model import Choice, Fail, Map, Parallel, Pass, State, Succeed, Task, Wait
from stepvet.run.domain import Domain
from stepvet.run.move import Move, Visit
from stepvet.run.states.map import enter_map
from stepvet.run.states.parallel import enter_parallel
from stepvet.run.states.plain import enter_choice, enter_fail, enter_pass, enter_succeed, enter_wait
from stepvet.run.states.task import enter_task

W = TypeVar("W")
V = TypeVar("V")

_ENTRIES: dict[type[State], Callable[[Any, Any, Any], Iterator[Any]]] = {
    Task: enter_task,
    Pass: enter_pass,
    Wait: enter_wait,
    Choice: enter_choice,
    Succeed: enter_succeed,
    Fail: enter_fail,
    Parallel: enter_parallel,
    Map: enter_map,
}


def enter(domain: Domain[W, V], world: W, visit: Visit[V]) -> Iterator[Move[W, V]]:
    """What comes of a visit to a state, in every world that the domain can't exclude."""
    return _ENTRIES[type(visit.state)](domain, world, visit)
