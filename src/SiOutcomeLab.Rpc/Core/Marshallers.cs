using System.Text;

namespace Grpc.Core;

/// <summary>Makes marshallers.</summary>
public static class Marshallers
{
    /// <summary>UTF-8 text as the whole message.</summary>
    public static Marshaller<string> StringMarshaller { get; } = new(Encoding.UTF8.GetBytes, Encoding.UTF8.GetString);

    /// <summary>A marshaller over whole byte arrays.</summary>
    /// <typeparam name="T">Message type.</typeparam>
    /// <param name="serializer">Message to bytes.</param>
    /// <param name="deserializer">Bytes to message.</param>
    public static Marshaller<T> Create<T>(Func<T, byte[]> serializer, Func<byte[], T> deserializer) => new(serializer, deserializer);

    /// <summary>A marshaller that writes to and reads from the transport's own buffers.</summary>
    /// <typeparam name="T">Message type.</typeparam>
    /// <param name="serializer">Message to the context's writer.</param>
    /// <param name="deserializer">The context's payload to a message.</param>
    public static Marshaller<T> Create<T>(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer) =>
        new(serializer, deserializer);
}
