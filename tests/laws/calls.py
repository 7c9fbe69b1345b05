"""What each function of `bot/` leads to: the syntax tree read as a graph."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.laws.tree import Source, walked

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Class:
    """`known`: what the module calls other things. `held`: the class of what `self` holds, by attribute."""

    name: str
    bases: list[str]
    known: Mapping[str, str]
    methods: dict[str, Function] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)


class Calls:
    """Every function by its full name, `bot.pods.service.Pods.remove`, and all that it names in its body.

    A reference counts as a call: a verb may choose what it calls, or hand it on.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self.functions: dict[str, Function] = {}
        self.classes: dict[str, Class] = {}
        self._known: dict[str, dict[str, str]] = {}
        for source in sources:
            self._read(source)
        for one in self.classes.values():
            one.held = dict(self._held(one))
        self._leads: dict[str, set[str]] = {}
        self._named: dict[str, set[str]] = {}

    def leads_to(self, name: str) -> set[str]:
        """Everything that is reached from this function, itself included."""
        if name not in self._leads:
            reached, pending = {name}, [name]
            while pending:
                new = self._named_in(pending.pop()) - reached
                reached |= new
                pending += new
            self._leads[name] = reached
        return self._leads[name]

    def named_by(self, part: ast.expr, function: str) -> str:
        """The full name of what an expression in this function names; empty where that cannot be told."""
        return self._follow(part, function.rpartition(".")[0], self._known[function])

    # -- reading --------------------------------------------------------------------------------

    def _read(self, source: Source) -> None:
        module = source.path.removesuffix(".py").replace("/", ".")
        known: dict[str, str] = {}
        for node in walked(source.tree()):
            if isinstance(node, ast.ImportFrom):
                known |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
        for node in source.tree().body:
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    known[node.name] = f"{module}.{node.name}"
                    self.functions[known[node.name]] = node
                    self._known[known[node.name]] = known
                case ast.ClassDef():
                    known[node.name] = f"{module}.{node.name}"
                    self._read_class(node, known[node.name], known)

    def _read_class(self, node: ast.ClassDef, name: str, known: dict[str, str]) -> None:
        one = Class(name, [base.id for base in node.bases if isinstance(base, ast.Name)], known)
        for part in node.body:
            if isinstance(part, Function):
                one.methods[part.name] = part
                self.functions[f"{name}.{part.name}"] = part
                self._known[f"{name}.{part.name}"] = known
        self.classes[name] = one

    def _held(self, one: Class) -> Iterator[tuple[str, str]]:
        """From `self._outbox = outbox` and `outbox: Outbox`, or `self._course = Course(...)`."""
        begins = one.methods.get("__init__")
        if begins is None:
            return
        given = {
            arg.arg: arg.annotation.id for arg in begins.args.args if isinstance(arg.annotation, ast.Name)
        }
        for node in walked(begins):
            match node:
                case ast.Assign(targets=[ast.Attribute(attr=attr)], value=ast.Name(id=name)) if name in given:
                    yield attr, one.known.get(given[name], given[name])
                case ast.Assign(targets=[ast.Attribute(attr=attr)], value=ast.Call(func=ast.Name(id=name))):
                    yield attr, one.known.get(name, name)

    # -- following ------------------------------------------------------------------------------

    def _named_in(self, name: str) -> set[str]:
        if name not in self.functions:
            return set()
        if name not in self._named:
            nodes = walked(self.functions[name])
            named = [node for node in nodes if isinstance(node, ast.Name | ast.Attribute)]
            self._named[name] = {self.named_by(node, name) for node in named} & self.functions.keys()
        return self._named[name]

    def _follow(self, node: ast.expr, owner: str, known: Mapping[str, str]) -> str:
        """The full name of a function, a class or a module; empty where that cannot be told."""
        match node:
            case ast.Name(id="self"):
                return owner
            case ast.Name(id=name):
                return known.get(name, "")
            case ast.Call(func=ast.Name(id="super")):
                return owner
            case ast.Attribute(value=value, attr=attr):
                whose = self._follow(value, owner, known)
                return self._part(whose, attr) if whose else ""
        return ""

    def _part(self, whose: str, attr: str) -> str:
        """What `attr` is of a class, by those it inherits from; or of a module."""
        if whose not in self.classes:
            return f"{whose}.{attr}"
        for one in self.lineage(whose):
            if attr in one.methods:
                return f"{one.name}.{attr}"
            if attr in one.held:
                return one.held[attr]
        return ""

    def lineage(self, name: str) -> Iterator[Class]:
        one = self.classes.get(name)
        if one is not None:
            yield one
            for base in one.bases:
                yield from self.lineage(one.known.get(base, base))
