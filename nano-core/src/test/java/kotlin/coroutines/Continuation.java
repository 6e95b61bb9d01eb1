package kotlin.coroutines;

/**
 * As Kotlin's, which is the last parameter of every suspend function.
 *
 * @param <T> of what the function returns
 */
public interface Continuation<T> {

}
