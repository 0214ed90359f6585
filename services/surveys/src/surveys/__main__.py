from chassis.starting import begin

begin("surveys")

from surveys.bootstrap import main  # noqa: E402

main()
