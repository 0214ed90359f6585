import eventlet

eventlet.monkey_patch()

from inspections.bootstrap import main  # noqa: E402

main()
