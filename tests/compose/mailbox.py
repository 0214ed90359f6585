"""A mail server in a container: it keeps nothing and prints each message as a line of JSON."""

import asyncio
import json

GREETING = b"220 mailbox\r\n"


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speak as much SMTP as a sender needs (RFC 5321)."""
    writer.write(GREETING)
    recipients: list[str] = []
    while line := await reader.readline():
        verb = line[:4].upper()
        answer = b"250 fine\r\n"
        if verb == b"RCPT":
            recipients.append(line.decode().partition(":")[2].strip(" <>\r\n"))
        elif verb == b"DATA":
            writer.write(b"354 go on\r\n")
            message = await reader.readuntil(b"\r\n.\r\n")
            told = {"to": recipients, "message": message.decode()}
            print(json.dumps(told), flush=True)
            recipients = []
        elif verb == b"QUIT":
            answer = b"221 bye\r\n"
        writer.write(answer)
        await writer.drain()
        if verb == b"QUIT":
            break
    writer.close()


async def main() -> None:
    """Listen until the container ends."""
    server = await asyncio.start_server(serve, "0.0.0.0", 2525, limit=2**20)  # noqa: S104 - the container's own network
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
