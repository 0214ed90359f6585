"""The RPC methods of directory and its timer: decode, use case, encode."""

from nameko.timer import timer

from chassis import traces
from chassis.process import Application
from chassis.rpc import remote
from contracts.problems import Problem
from contracts.rpc import accounts as a
from contracts.rpc import directory as m
from contracts.rpc import plans as p
from contracts.rpc.base import Call, Empty, Ping, TraceReply, TraceRequest
from contracts.rpc.sessions import ResolveSession, Session
from directory import metrics
from directory.application import accounts, calendar, calling, keys, plans, schools, tidying, units
from directory.application.wired import Directory
from messaging import Messaging

TIDY_SECONDS = 60
OUTCOMES = {"directory.wrong_credentials": "wrong", "directory.blocked": "blocked"}


class DirectoryService:
    """Units, schools, the calendar; accounts, sessions, keys."""

    name = "directory"
    directory: Directory = Application()
    messaging = Messaging()

    @timer(interval=TIDY_SECONDS)  # type: ignore[untyped-decorator]  # nameko has no types
    def tidy(self) -> None:
        """Forget what counts no more."""
        tidying.tidy(self.directory.units, self.directory.lifetime)

    # --- who calls ---

    @remote
    def resolve_session(self, call: Call, request: ResolveSession) -> Session:
        with self.directory.units.for_call(call) as work:
            return calling.resolve_session(work, request, self.directory.lifetime)

    @remote
    def login(self, call: Call, request: a.Login) -> a.LoggedIn:
        try:
            opened = self.directory.logins.login(call, request)
        except Problem as problem:
            metrics.logins.labels(OUTCOMES[problem.code]).inc()
            raise
        metrics.logins.labels("opened").inc()
        return opened

    @remote
    def logout(self, call: Call, request: a.Logout) -> Empty:
        self.directory.logins.logout(call, request.token)
        return Empty()

    @remote
    def get_me(self, call: Call, request: a.GetMe) -> a.Me:
        with self.directory.units.for_call(call) as work:
            return calling.get_me(work)

    @remote
    def change_password(self, call: Call, request: a.ChangePassword) -> Empty:
        self.directory.logins.change_password(call, request)
        return Empty()

    # --- accounts and keys ---

    @remote
    def list_accounts(self, call: Call, request: a.ListAccounts) -> a.Accounts:
        with self.directory.units.for_call(call) as work:
            return accounts.list_accounts(work, request)

    @remote
    def create_account(self, call: Call, request: a.CreateAccount) -> a.NewPassword:
        return self.directory.accounts.create(call, request)

    @remote
    def reset_password(self, call: Call, request: a.ResetPassword) -> a.NewPassword:
        return self.directory.accounts.reset(call, request)

    @remote
    def disable_account(self, call: Call, request: a.DisableAccount) -> a.Account:
        with self.directory.units.for_call(call) as work:
            return accounts.disable_account(work, request)

    @remote
    def enable_account(self, call: Call, request: a.EnableAccount) -> a.Account:
        with self.directory.units.for_call(call) as work:
            return accounts.enable_account(work, request)

    @remote
    def list_api_keys(self, call: Call, request: a.ListApiKeys) -> a.ApiKeys:
        with self.directory.units.for_call(call) as work:
            return keys.list_api_keys(work)

    @remote
    def create_api_key(self, call: Call, request: a.CreateApiKey) -> a.NewApiKey:
        with self.directory.units.for_call(call) as work:
            return keys.create_api_key(work, request)

    @remote
    def revoke_api_key(self, call: Call, request: a.RevokeApiKey) -> a.ApiKey:
        with self.directory.units.for_call(call) as work:
            return keys.revoke_api_key(work, request)

    # --- units, schools, the calendar ---

    @remote
    def list_units(self, call: Call, request: m.ListUnits) -> m.Units:
        with self.directory.units.for_call(call) as work:
            return units.list_units(work, request)

    @remote
    def create_unit(self, call: Call, request: m.CreateUnit) -> m.Unit:
        with self.directory.units.for_call(call) as work:
            return units.create_unit(work, request)

    @remote
    def list_moves(self, call: Call, request: m.ListMoves) -> m.Moves:
        with self.directory.units.for_call(call) as work:
            return units.list_moves(work, request)

    @remote
    def move_unit(self, call: Call, request: m.MoveUnit) -> m.Move:
        with self.directory.units.for_call(call) as work:
            return units.move_unit(work, request)

    @remote
    def list_schools(self, call: Call, request: m.ListSchools) -> m.Schools:
        with self.directory.units.for_call(call) as work:
            return schools.list_schools(work)

    @remote
    def register_school(self, call: Call, request: m.RegisterSchool) -> m.School:
        with self.directory.units.for_call(call) as work:
            return schools.register_school(work, request)

    @remote
    def change_school(self, call: Call, request: m.ChangeSchool) -> m.School:
        with self.directory.units.for_call(call) as work:
            return schools.change_school(work, request)

    @remote
    def close_school(self, call: Call, request: m.CloseSchool) -> m.School:
        with self.directory.units.for_call(call) as work:
            return schools.close_school(work, request)

    @remote
    def list_calendar(self, call: Call, request: m.ListCalendar) -> m.Calendar:
        with self.directory.units.for_call(call) as work:
            return calendar.list_calendar(work, request)

    @remote
    def set_calendar_day(self, call: Call, request: m.SetCalendarDay) -> m.CalendarDay:
        with self.directory.units.for_call(call) as work:
            return calendar.set_calendar_day(work, request)

    # --- yearly plans ---

    @remote
    def put_plan(self, call: Call, request: p.PutPlan) -> p.Plan:
        with self.directory.units.for_call(call) as work:
            return plans.put_plan(work, request)

    @remote
    def list_plans(self, call: Call, request: p.ListPlans) -> p.Plans:
        with self.directory.units.for_call(call) as work:
            return plans.list_plans(work, request)

    # --- what every service answers ---

    @remote
    def trace(self, call: Call, request: TraceRequest) -> TraceReply:
        with self.directory.units.for_call(call) as work:
            return traces.read(work.connection, call.actor, request)

    @remote
    def ping(self, call: Call, request: Ping) -> Empty:
        with self.directory.units.for_call(call):
            return Empty()
