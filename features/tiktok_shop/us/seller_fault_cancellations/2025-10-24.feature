# language: zh-CN
功能: 美国 TikTok Shop 商责取消率（2025-10-24 版）

  三十个自然日里进入待发货的订单之中，因商家责任取消的比例不得超过 2.5 %；样品和平台仓发货的订单不算。
  商责原因是封闭清单。商家写“买家要求取消”，而此前没有买家的消息或申请，就算商责。

  背景:
    假如 适用规则版本 tiktok_shop.us.seller_fault_cancellations@2025-10-24
    而且 所有时间均为 America/Los_Angeles 时间

  规则: cancellation_fault 取消是否计入商责

    背景:
      假如 2025-12-01 08:00 买家下单（状态为未支付）

    场景大纲: 谁取消、用什么代码，决定计不计入商责
      假如 2025-12-01 10:00 <取消方>取消订单（原因代码 <代码>）
      当 在 2025-12-01 12:00 检查
      那么 规则 cancellation_fault 的归类为<归类>

      例子: 缺货和标价错误计入
        | 取消方 | 代码                                     | 归类     |
        | 商家   | seller_cancel_unpaid_reason_wrong_price  | 商家责任 |
        | 商家   | seller_cancel_unpaid_reason_out_of_stock | 商家责任 |
        | 商家   | seller_cancel_reason_wrong_price         | 商家责任 |
        | 商家   | seller_cancel_reason_out_of_stock        | 商家责任 |

      例子: 商家的其他取消不计入
        | 取消方 | 代码                                          | 归类   |
        | 商家   | seller_cancel_paid_reason_address_not_deliver | 不计入 |
        | 商家   | system_cancel_order_reason_shipping_timeout   | 不计入 |

      例子: 买家取消
        | 取消方 | 代码                                                     | 归类     |
        | 买家   | ecom_order_unpaid_canceled_reason_no_longer_needed       | 买家责任 |
        | 买家   | system_cancel_order_reason_shipping_timeout              | 买家责任 |
        | 买家   | seller_cancel_unpaid_reason_wrong_price                  | 买家责任 |
        | 买家   | seller_cancel_unpaid_reason_buyer_requested_cancellation | 买家责任 |

      例子: 时限内无物流单号被自动取消计入
        | 取消方 | 代码                                        | 归类     |
        | 平台   | system_cancel_order_reason_shipping_timeout | 商家责任 |

      例子: 清单之外的平台取消不计入
        | 取消方   | 代码                                                      | 归类   |
        | 平台     | system_cancel_unpaid_time_out                             | 不计入 |
        | 平台     | system_cancel_anti_span_block                             | 不计入 |
        | 平台     | system_cancel_add_address_overtime                        | 不计入 |
        | 平台     | system_cancel_order_exceed_edt_not_arrive                 | 不计入 |
        | 平台     | ecom_order_unpaid_canceled_reason_not_want_pay            | 不计入 |
        | 平台     | package_lost                                              | 不计入 |
        | 平台     | package_damaged                                           | 不计入 |
        | 平台     | package_scrap                                             | 不计入 |
        | 平台     | threepl_breach                                            | 不计入 |
        | 平台     | returned_to_shipper_refused                               | 不计入 |
        | 平台     | returned_to_shipper_other                                 | 不计入 |
        | 平台     | system_cancel_cross_border_entry_warehouse_failed_reason2 | 不计入 |
        | 平台     | operator_cancel_risk_control_block                        | 不计入 |
        | 平台     | system_cancel_order_reason_potential_fraud                | 不计入 |
        | 平台客服 | operator_cancel_risk_control_block                        | 不计入 |
        | 平台客服 | package_lost                                              | 不计入 |

      例子: 承运商取消不在表内
        | 取消方 | 代码                                        | 归类   |
        | 承运商 | package_lost                                | 不计入 |
        | 承运商 | system_cancel_order_reason_shipping_timeout | 不计入 |

    场景大纲: 三种原因没有公布代码，陌生的平台代码不下结论
      假如 2025-12-01 10:00 <取消方>取消订单（原因代码 <代码>）
      当 在 2025-12-01 12:00 检查
      那么 规则 cancellation_fault 无法判定，数值未公布：other_fault_codes

      例子:
        | 取消方   | 代码                                        |
        | 平台     | some_other_reason                           |
        | 平台客服 | some_other_reason                           |
        | 平台客服 | system_cancel_order_reason_shipping_timeout |

    场景大纲: 商家写买家要求取消，要有买家先前的话为证
      假如 2025-12-01 09:00 <谁><做了什么>
      而且 2025-12-01 10:00 商家取消订单（原因代码 <代码>）
      当 在 2025-12-01 12:00 检查
      那么 规则 cancellation_fault 的归类为<归类>

      例子:
        | 谁       | 做了什么 | 代码                                                     | 归类     |
        | 买家     | 发出消息 | seller_cancel_unpaid_reason_buyer_requested_cancellation | 不计入   |
        | 买家     | 申请取消 | seller_cancel_unpaid_reason_buyer_requested_cancellation | 不计入   |
        | 商家     | 发出消息 | seller_cancel_unpaid_reason_buyer_requested_cancellation | 商家责任 |
        | 平台客服 | 申请取消 | seller_cancel_unpaid_reason_buyer_requested_cancellation | 商家责任 |
        | 买家     | 发出消息 | seller_cancel_paid_reason_buyer_requested_cancellation   | 不计入   |
        | 买家     | 申请取消 | seller_cancel_paid_reason_buyer_requested_cancellation   | 不计入   |
        | 商家     | 发出消息 | seller_cancel_paid_reason_buyer_requested_cancellation   | 商家责任 |
        | 平台客服 | 申请取消 | seller_cancel_paid_reason_buyer_requested_cancellation   | 商家责任 |

    场景: 买家的话在取消之后才来，不算先前
      假如 2025-12-01 10:00 商家取消订单（原因代码 seller_cancel_paid_reason_buyer_requested_cancellation）
      而且 2025-12-01 11:00 买家发出消息
      当 在 2025-12-01 12:00 检查
      那么 规则 cancellation_fault 的归类为商家责任

    场景大纲: 日志看不到聊天或申请，就不能说买家没有要求
      假如 日志中看不到<看不到>
      而且 2025-12-01 10:00 商家取消订单（原因代码 seller_cancel_paid_reason_buyer_requested_cancellation）
      当 在 2025-12-01 12:00 检查
      那么 规则 cancellation_fault 无法判定，日志看不到：<缺少>

      例子:
        | 看不到   | 缺少            |
        | 聊天消息 | messages        |
        | 取消申请 | cancel_requests |

    场景大纲: 关键数据缺失就无法归类
      假如 2025-12-01 10:00 <取消方>取消订单（<细节>）
      当 在 2025-12-01 12:00 检查
      那么 规则 cancellation_fault 无法判定，缺少数据：<缺少>

      例子:
        | 取消方 | 细节                                       | 缺少   |
        | 商家   | 状态为已取消                               | reason |
        | 平台   | 状态为已取消                               | reason |
        | 不明方 | 原因代码 seller_cancel_reason_out_of_stock | actor  |
        | 不明方 | 原因代码 package_lost                      | actor  |

    场景: 没有取消就没有归类
      假如 2025-12-01 09:00 买家付款成功
      当 在 2025-12-01 12:00 检查
      那么 规则 cancellation_fault 没有结论

    场景大纲: 取消按取消那一刻的规则归类
      假如 <取消时间> 买家取消订单（原因代码 ecom_order_unpaid_canceled_reason_no_longer_needed）
      当 在 2025-12-02 10:00 检查
      那么 规则 cancellation_fault 的结论为<结论>，原因是<原因>

      例子:
        | 取消时间            | 结论   | 原因               |
        | 2025-10-23 23:59:59 | 不适用 | 当时没有生效的规则 |
        | 2025-10-24 00:00    | 合规   | 已归类             |

  规则: seller_fault_rate 商责取消率

    场景大纲: 进入过待发货的订单因商责取消就计入
      假如 订单的样品标记为 否
      而且 订单的履约方为 商家仓
      而且 2025-12-05 08:00 买家下单（状态为未支付）
      而且 2025-12-05 08:10 <谁><进展>（状态为<状态>）
      而且 2025-12-06 10:00 商家取消订单（原因代码 seller_cancel_reason_out_of_stock）
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 计为 1 / 1
      而且 规则 seller_fault_rate 的结论为违规，严重程度为严重

      例子:
        | 谁   | 进展         | 状态   |
        | 买家 | 付款成功     | 待发货 |
        | 平台 | 更新订单状态 | 待发货 |
        | 平台 | 更新订单状态 | 待揽收 |
        | 商家 | 备好待发货   | 待揽收 |

    场景大纲: 没有进入过待发货的订单不算在内
      假如 订单的样品标记为 否
      而且 订单的履约方为 商家仓
      而且 2025-12-05 08:00 买家下单（状态为未支付）
      而且 2025-12-05 08:10 <谁><进展>（状态为<状态>）
      而且 2025-12-06 10:00 商家取消订单（原因代码 seller_cancel_unpaid_reason_out_of_stock）
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 没有结论

      例子:
        | 谁   | 进展         | 状态   |
        | 买家 | 付款成功     | 处理中 |
        | 平台 | 更新订单状态 | 处理中 |
        | 平台 | 更新包裹信息 | 待发货 |

    场景大纲: 样品和平台仓发货的订单不算在内
      假如 订单的样品标记为 <样品>
      而且 订单的履约方为 <履约方>
      而且 2025-12-05 08:00 买家下单（状态为未支付）
      而且 2025-12-05 08:10 买家付款成功（状态为待发货）
      而且 2025-12-06 10:00 商家取消订单（原因代码 seller_cancel_reason_out_of_stock）
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 没有结论

      例子:
        | 样品 | 履约方 |
        | 是   | 商家仓 |
        | 否   | 平台仓 |

    场景: 不知道是不是样品，就不下结论
      假如 订单的履约方为 商家仓
      而且 2025-12-05 08:00 买家下单（状态为未支付）
      而且 2025-12-05 08:10 买家付款成功（状态为待发货）
      而且 2025-12-06 10:00 商家取消订单（原因代码 seller_cancel_reason_out_of_stock）
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 的结论为无法判定，原因是无法归类

    场景: 不知道由谁的仓发货，就不下结论
      假如 订单的样品标记为 否
      而且 2025-12-05 08:00 买家下单（状态为未支付）
      而且 2025-12-05 08:10 买家付款成功（状态为待发货）
      而且 2025-12-06 10:00 商家取消订单（原因代码 seller_cancel_reason_out_of_stock）
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 的结论为无法判定，原因是无法归类

    场景大纲: 没有取消，或取消不算商责，就没有越线
      假如 订单的样品标记为 否
      而且 订单的履约方为 商家仓
      而且 2025-12-05 08:00 买家下单（状态为未支付）
      而且 2025-12-05 08:10 买家付款成功（状态为待发货）
      而且 2025-12-06 10:00 <谁><做了什么>（原因代码 <代码>）
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 计为 0 / 1
      而且 规则 seller_fault_rate 的结论为合规

      例子:
        | 谁   | 做了什么 | 代码                                               |
        | 买家 | 申请取消 | ecom_order_unpaid_canceled_reason_no_longer_needed |
        | 买家 | 取消订单 | ecom_order_unpaid_canceled_reason_no_longer_needed |
        | 商家 | 取消订单 | seller_cancel_paid_reason_address_not_deliver      |
        | 平台 | 取消订单 | package_lost                                       |

    场景大纲: 只看检查那天在内的 30 个自然日里进入待发货的订单
      假如 订单的样品标记为 否
      而且 订单的履约方为 商家仓
      而且 2025-11-01 08:00 买家下单（状态为未支付）
      而且 <时间> 买家付款成功（状态为待发货）
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 计为 0 / 1

      例子:
        | 时间             |
        | 2025-11-08 00:00 |
        | 2025-12-07 09:59 |

    场景: 30 个自然日之前进入待发货的订单不算在内
      假如 订单的样品标记为 否
      而且 订单的履约方为 商家仓
      而且 2025-11-01 08:00 买家下单（状态为未支付）
      而且 2025-11-07 23:59:59 买家付款成功（状态为待发货）
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 没有结论

    场景大纲: 正好等于上限不算超过，超过才违规
      假如 订单的样品标记为 否
      而且 订单的履约方为 商家仓
      而且 店铺自定 seller_fault_limit 为 <上限>
      而且 2025-12-05 08:00 买家下单（状态为未支付）
      而且 2025-12-05 08:10 买家付款成功（状态为待发货）
      而且 2025-12-06 10:00 商家取消订单（原因代码 seller_cancel_reason_out_of_stock）
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 的结论为<结论>

      例子:
        | 上限   | 结论 |
        | 100%   | 合规 |
        | 99.99% | 违规 |

    场景: 取消没有原因代码，商责率就不下结论
      假如 订单的样品标记为 否
      而且 订单的履约方为 商家仓
      而且 2025-12-05 08:00 买家下单（状态为未支付）
      而且 2025-12-05 08:10 买家付款成功（状态为待发货）
      而且 2025-12-06 10:00 商家取消订单
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 的结论为无法判定，原因是无法归类

    场景: 日志看不到取消，就不能说商责率没有越线
      假如 日志中看不到取消
      而且 订单的样品标记为 否
      而且 订单的履约方为 商家仓
      而且 2025-12-05 08:00 买家下单（状态为未支付）
      而且 2025-12-05 08:10 买家付款成功（状态为待发货）
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 的结论为无法判定，原因是无法归类

    场景: 生效日之前检查，没有商责率的结论
      假如 订单的样品标记为 否
      而且 订单的履约方为 商家仓
      而且 2025-10-22 08:00 买家下单（状态为未支付）
      而且 2025-10-22 08:10 买家付款成功（状态为待发货）
      当 在 2025-10-23 23:59:59 检查
      那么 规则 seller_fault_rate 没有结论

    场景: 生效日当天检查，就有商责率的结论
      假如 订单的样品标记为 否
      而且 订单的履约方为 商家仓
      而且 2025-10-22 08:00 买家下单（状态为未支付）
      而且 2025-10-22 08:10 买家付款成功（状态为待发货）
      当 在 2025-10-24 00:00 检查
      那么 规则 seller_fault_rate 的结论为合规
