import eventlet

eventlet.monkey_patch()

from directory.bootstrap import main  # noqa: E402

main()
