using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Http2;

/// <summary>
/// Just enough HTTP/2 (RFC 9113) to send frames that no client library sends, and to read the answers of a server that was told to
/// keep no header table.
/// </summary>
internal sealed class Http2Connection : IAsyncDisposable
{
    public const byte Data = 0x0, Headers = 0x1, ResetStream = 0x3, Settings = 0x4, Ping = 0x6, GoAway = 0x7, WindowUpdate = 0x8;
    public const byte EndStream = 0x1, EndHeaders = 0x4, Padded = 0x8;

    private readonly TcpClient _tcp = new();
    private NetworkStream _stream = null!;

    public static async Task<Http2Connection> OpenAsync(TestServer server)
    {
        var connection = new Http2Connection();
        await connection._tcp.ConnectAsync("127.0.0.1", server.Port).Soon();
        connection._stream = connection._tcp.GetStream();
        await connection._stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        // SETTINGS_HEADER_TABLE_SIZE = 0: responses then come as literals and static names only.
        await connection.SendAsync(Settings, 0, 0, [0, 1, 0, 0, 0, 0]);
        return connection;
    }

    public async Task SendAsync(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        await _stream.WriteAsync(frame);
    }

    public Task SendCallAsync(int stream, string path, bool end = false, params (string, string)[] more)
    {
        (string, string)[] fixedOnes =
        [
            (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "x"), ("content-type", "application/grpc"), ("te", "trailers"),
        ];
        var block = new List<byte>();
        foreach (var (name, value) in fixedOnes.Concat(more))
        {
            block.Add(0); // literal, not indexed, new name
            Literal(name);
            Literal(value);
        }

        return SendAsync(Headers, (byte)(EndHeaders | (end ? EndStream : 0)), stream, [.. block]);

        void Literal(string text)
        {
            var bytes = Encoding.Latin1.GetBytes(text);
            Assert.InRange(bytes.Length, 0, 126);
            block.Add((byte)bytes.Length);
            block.AddRange(bytes);
        }
    }

    /// <summary>The next frame; null when the server closed the connection.</summary>
    public async Task<(byte Type, byte Flags, int Stream, byte[] Payload)?> ReadAsync()
    {
        var head = new byte[9];
        try
        {
            await _stream.ReadExactlyAsync(head).AsTask().Soon();
            var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >>> 8];
            await _stream.ReadExactlyAsync(payload).AsTask().Soon();
            return (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), payload);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The value of grpc-status on a stream, or how else it ended, and its data.</summary>
    public async Task<(string? Status, byte[] Body)> ReadAnswerAsync(int stream)
    {
        var status = default(string);
        var body = new List<byte>();
        while (await ReadAsync() is { } frame)
        {
            if (frame.Stream != stream) continue;
            if (frame.Type == Headers) status = FindLiteral(frame.Payload, "grpc-status") ?? status;
            if (frame.Type == Data) body.AddRange(frame.Payload);
            if (frame.Type == ResetStream) return (status ?? $"reset {BinaryPrimitives.ReadInt32BigEndian(frame.Payload)}", [.. body]);
            if ((frame.Flags & EndStream) != 0 && frame.Type is Data or Headers) return (status, [.. body]);
        }

        return (status ?? "closed", [.. body]);
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The value behind a name in a header block without Huffman coding, which Kestrel does not use.</summary>
    private static string? FindLiteral(byte[] block, string name)
    {
        var at = block.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name));
        if (at < 0) return null;
        at += name.Length;
        return Encoding.ASCII.GetString(block, at + 1, block[at] & 0x7f);
    }
}
