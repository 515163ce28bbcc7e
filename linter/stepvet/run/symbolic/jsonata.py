from stepvet.run.symbolic.values import Origin, Source
from stepvet.asl import shapes
def evaluate(symbols, world, source, bindings, field):
    yield world, symbols.fresh(Origin(Source.FUNCTION, "x"), shapes.ANY)
