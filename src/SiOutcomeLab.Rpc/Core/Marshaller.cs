namespace Grpc.Core;

/// <summary>Turns messages of one type into bytes and back.</summary>
/// <typeparam name="T">Message type.</typeparam>
public class Marshaller<T>
{
    /// <summary>A marshaller over whole byte arrays; each message is copied once more than by the contextual form.</summary>
    /// <param name="serializer">Message to bytes.</param>
    /// <param name="deserializer">Bytes to message.</param>
    public Marshaller(Func<T, byte[]> serializer, Func<byte[], T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        Serializer = serializer;
        Deserializer = deserializer;
        ContextualSerializer = (message, context) => context.Complete(serializer(message));
        ContextualDeserializer = context => deserializer(context.PayloadAsNewBuffer());
    }

    /// <summary>A marshaller that writes to and reads from the transport's own buffers.</summary>
    /// <param name="serializer">Message to the context's writer.</param>
    /// <param name="deserializer">The context's payload to a message.</param>
    public Marshaller(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        ContextualSerializer = serializer;
        ContextualDeserializer = deserializer;
        Serializer = message =>
        {
            var context = new ArraySerializationContext();
            serializer(message, context);
            return context.ToArray();
        };
        Deserializer = bytes => deserializer(new ArrayDeserializationContext(bytes));
    }

    /// <summary>Message to a new byte array.</summary>
    public Func<T, byte[]> Serializer { get; }

    /// <summary>Byte array to message.</summary>
    public Func<byte[], T> Deserializer { get; }

    /// <summary>Message to a context's writer.</summary>
    public Action<T, SerializationContext> ContextualSerializer { get; }

    /// <summary>A context's payload to a message.</summary>
    public Func<DeserializationContext, T> ContextualDeserializer { get; }
}
