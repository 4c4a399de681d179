package io.github.medgs.model;

/**
 * The model: {@code count} folded Gaussians of one form, in array order, which is also their order in depth.
 *
 * <p>The parameters are raw, before their activations; {@link io.github.medgs.kernel.Layout} says what each row is.
 */
public final class FoldedGaussians {

    /** A raw opacity so low that the head is never drawn. */
    public static final float INVISIBLE = -30f;

    private final ModelForm form;
    private final ParameterTable parameters;
    private int count;

    /** No Gaussians yet, with room for {@code capacity}. */
    public FoldedGaussians(ModelForm form, int capacity) {
        this(form, new ParameterTable(form.rows(), capacity), 0);
    }

    /**
     * @param parameters kept, not copied; rows after those of the form are not drawn
     */
    public FoldedGaussians(ModelForm form, ParameterTable parameters, int count) {
        if (parameters.rows() < form.rows()) {
            throw new IllegalArgumentException(
                    "a model of this form has " + form.rows() + " parameters, not " + parameters.rows());
        }
        this.form = form;
        this.parameters = parameters;
        setCount(count);
    }

    public ModelForm form() {
        return form;
    }

    public ParameterTable parameters() {
        return parameters;
    }

    public int capacity() {
        return parameters.capacity();
    }

    /** How many Gaussians are alive: those of index 0 to count - 1. */
    public int count() {
        return count;
    }

    public void setCount(int count) {
        if (count < 0 || count > capacity()) {
            throw new IllegalArgumentException(count + " Gaussians in a table of " + capacity());
        }
        this.count = count;
    }

    public float get(int row, int gaussian) {
        return parameters.get(row, gaussian);
    }

    public void set(int row, int gaussian, float value) {
        parameters.set(row, gaussian, value);
    }
}
