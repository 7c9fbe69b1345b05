"""What each function of `bot/` leads to: the syntax tree read as a graph."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from tests.architecture.tree import Source, walked

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Class:
    """`known`: what each name means in its module. `held`: the class of each attribute."""

    name: str
    bases: list[str]
    known: Mapping[str, str]
    methods: dict[str, Function] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)


class Calls:
    """Every function by its full name, `bot.pods.service.Pods.remove`, and all that it names in its body.

    A reference counts as a call, because a verb may choose what it calls, or hand it on.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self.functions: dict[str, Function] = {}
        self.classes: dict[str, Class] = {}
        self._known: dict[str, dict[str, str]] = {}
        for source in sources:
            self._read(source)
        # A class may get a part of another class, so that what one holds depends on what the other holds.
        for _ in range(3):
            for one in self.classes.values():
                one.held |= self._held(one)
        self._leads: dict[str, set[str]] = {}
        self._named: dict[str, set[str]] = {}

    def leads_to(self, name: str) -> set[str]:
        """Return everything that can be reached from this function, including itself."""
        if name not in self._leads:
            reached, pending = {name}, [name]
            while pending:
                new = self._named_in(pending.pop()) - reached
                reached |= new
                pending += new
            self._leads[name] = reached
        return self._leads[name]

    def named_by(self, part: ast.expr, function: str) -> str:
        """Return the full name of what an expression in this function names, or "" if that is unknown."""
        return self._follow(part, function.rpartition(".")[0], self._names(function))

    # -- reading --------------------------------------------------------------------------------

    def _read(self, source: Source) -> None:
        module = source.path.removesuffix(".py").replace("/", ".")
        known = dict(_imported(source))
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
            match part:
                case ast.AnnAssign(target=ast.Name(id=attr), annotation=ast.Name(id=type)):
                    one.held[attr] = known.get(type, "")
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    one.methods[part.name] = part
                    self.functions[f"{name}.{part.name}"] = part
                    self._known[f"{name}.{part.name}"] = known
        self.classes[name] = one

    def _held(self, one: Class) -> dict[str, str]:
        """Read the classes of attributes from `self._outbox = context.outbox` and similar assignments."""
        name = f"{one.name}.__init__"
        if name not in self.functions:
            return {}
        names = self._names(name)
        return {
            target.attr: found
            for target, value in _assigned(self.functions[name])
            if isinstance(target, ast.Attribute) and (found := self._follow(value, one.name, names))
        }

    def _names(self, name: str) -> dict[str, str]:
        """Return what the names in a function mean: the module's, its arguments (by their types), its own."""
        function, names = self.functions[name], dict(self._known[name])
        for argument in (*function.args.args, *function.args.kwonlyargs):
            match argument.annotation:
                case ast.Name(id=type) | ast.Constant(value=str(type)):
                    names[argument.arg] = names.get(type, "")
        for target, value in _assigned(function):
            if isinstance(target, ast.Name):
                names[target.id] = self._follow(value, name.rpartition(".")[0], names)
        return names

    # -- following ------------------------------------------------------------------------------

    def _named_in(self, name: str) -> set[str]:
        if name not in self.functions:
            return set()
        owner, names = name.rpartition(".")[0], self._names(name)
        found = {self._follow(node, owner, names) for node in _references(self.functions[name])}
        return {one for one in found if one in self.functions}

    def _follow(self, node: ast.expr, owner: str, known: Mapping[str, str]) -> str:
        """Return the full name of a function, a class or a module, or "" if that is unknown."""
        match node:
            case ast.Name(id="self"):
                return owner
            case ast.Name(id=name):
                return known.get(name, "")
            case ast.Call(func=ast.Name(id="super")):
                return owner
            case ast.Call(func=func) if (built := self._follow(func, owner, known)) in self.classes:
                return built
            case ast.Attribute(value=value, attr=attr):
                whose = self._follow(value, owner, known)
                return self._part(whose, attr) if whose else ""
        return ""

    def _part(self, whose: str, attr: str) -> str:
        """Return what `attr` of a class (or of its base classes) or of a module is."""
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


@cache
def _imported(source: Source) -> Mapping[str, str]:
    """Return what each imported name means in a module."""
    return {
        one.asname or one.name: f"{node.module}.{one.name}"
        for node in walked(source.tree())
        if isinstance(node, ast.ImportFrom)
        for one in node.names
    }


@cache
def _references(function: Function) -> tuple[ast.expr, ...]:
    """Return every name and attribute in a function. The cache works because equal text has the same tree."""
    return tuple(node for node in walked(function) if isinstance(node, ast.Name | ast.Attribute))


@cache
def _assigned(function: Function) -> tuple[tuple[ast.expr, ast.expr], ...]:
    """Return each target with its value; `a, b = c, d` gives two pairs."""
    found: list[tuple[ast.expr, ast.expr]] = []
    for node in walked(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    found += zip(target.elts, node.value.elts, strict=False)
                else:
                    found.append((target, node.value))
    return tuple(found)
