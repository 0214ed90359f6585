from chassis.starting import begin

begin("directory")

from directory.bootstrap import main  # noqa: E402

main()
