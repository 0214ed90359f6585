from chassis.starting import begin

begin("inspections")

from inspections.bootstrap import main  # noqa: E402

main()
