"""A service of the smallest kind, on the real chassis: it answers, fails and takes its time."""

from chassis.starting import begin

begin("directory")

from typing import Any  # noqa: E402

from sqlalchemy import text  # noqa: E402

from chassis.database import GREEN_DRIVER, make_engine  # noqa: E402
from chassis.process import Application, run  # noqa: E402
from chassis.rpc import remote  # noqa: E402
from chassis.settings import Settings  # noqa: E402
from contracts.problems import Problem  # noqa: E402
from contracts.rpc.base import Call  # noqa: E402
from tests.component.chassis.messages import Ask, Discreet, Echo  # noqa: E402


class EchoService:
    name = "directory"
    engine = Application()

    @remote
    def echo(self, call: Call, request: Ask) -> Echo:
        return Echo(words=request.words, role=call.actor.role)

    @remote
    def refuse(self, call: Call, request: Ask) -> Echo:
        raise Problem("resource.conflict", words=request.words)

    @remote
    def whisper(self, call: Call, request: Discreet) -> Echo:
        if request.words == "aloud":
            raise Problem("resource.conflict")
        return Echo(words=request.words, role=call.actor.role)

    @remote
    def break_down(self, call: Call, request: Ask) -> Echo:
        raise ZeroDivisionError(request.words)

    @remote
    def wait_in_database(self, call: Call, request: Ask) -> Echo:
        engine: Any = self.engine
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": request.seconds})
        return Echo(words="waited", role=call.actor.role)


def main() -> None:
    settings = Settings.read("directory")
    engine = make_engine(settings.database_url, driver=GREEN_DRIVER)

    def database() -> None:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    run(EchoService, settings, application=engine, checks={"database": database}, config={})


if __name__ == "__main__":
    main()
