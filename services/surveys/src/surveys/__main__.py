import eventlet

eventlet.monkey_patch()

from surveys.bootstrap import main  # noqa: E402

main()
