// anywidget waits two seconds for a module to load, and when that took longer, as on a slow
// machine that is still drawing the notebook, it throws away all that the kernel sends from then
// on. The form would stand there as it was and never answer. So a model that lost its ear gets the
// one of its parent class, and asks for what it missed.
async function initialize({ model }) {
  const itself = model.widget_manager.get_model(model.get("own_id"));
  const nothing = { content: { data: { method: "nothing" } } };
  // Not waited for: the answer comes once this has returned.
  itself.then((real) => real._handle_comm_msg(nothing).catch(() => {
    const parent = Object.getPrototypeOf(Object.getPrototypeOf(real));
    real.comm?.on_msg((message) => parent._handle_comm_msg.call(real, message));
    real.comm?.send({ method: "request_state" }, real.callbacks());
  })).catch(() => {});
}

