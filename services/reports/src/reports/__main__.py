import eventlet

eventlet.monkey_patch()

from reports.bootstrap import main  # noqa: E402

main()
