from chassis.starting import begin

begin("reports")

from reports.bootstrap import main  # noqa: E402

main()
